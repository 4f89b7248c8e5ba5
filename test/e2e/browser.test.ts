import express from 'express';
import { expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { complaintsOf } from './complaints.ts';
import { lowContrast } from './contrast.ts';
import { serve } from './test-server.ts';

it('the test browser enforces the policy, and the checks notice what they are for', async () => {
  const router = express.Router();
  router.get('/', (_request, response) => {
    response.type('html').send('<title>t</title><style>p{color:red}</style><script>document.title="ran"</script><p>words</p>');
  });
  router.get('/pale', (_request, response) => {
    response.removeHeader('Content-Security-Policy');
    response.type('html').send('<p style="color:#999">pale words</p><p>dark words</p>');
  });
  const server = await serve(router);
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const complaints = complaintsOf(page);
    await page.goto(server.baseUrl);
    expect(await page.title()).toBe('t');
    expect(complaints).toHaveLength(2);
    await page.goto(`${server.baseUrl}/pale`);
    expect(await lowContrast(page)).toEqual(['2.85 pale words']);
  } finally {
    await browser.close();
    await server.close();
  }
});
