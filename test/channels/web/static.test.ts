import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startWeb } from './harness.ts';

async function builtPage(): Promise<string> {
  const pageDir = await mkdtemp(join(tmpdir(), 'wence-static-'));
  onTestFinished(() => rm(pageDir, { recursive: true, force: true }));
  await mkdir(join(pageDir, 'assets'));
  await writeFile(join(pageDir, 'index.html'), '<!doctype html><title>问策</title>');
  await writeFile(join(pageDir, 'assets', 'index-a1b2.js'), 'export {}');
  return pageDir;
}

describe('the built page', () => {
  it('is served at /, asked for again each time', async () => {
    const web = await startWeb({}, { pageDir: await builtPage() });
    const response = await fetch(`${web.baseUrl}/`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const again = await fetch(`${web.baseUrl}/`, {
      headers: { 'if-none-match': response.headers.get('etag') ?? '', 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it('lets hashed files be kept for good', async () => {
    const web = await startWeb({}, { pageDir: await builtPage() });
    const response = await fetch(`${web.baseUrl}/assets/index-a1b2.js`);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it('leaves other addresses to the app, and gives nothing from outside its folder', async () => {
    const web = await startWeb({}, { pageDir: await builtPage() });
    for (const path of ['/nothing', '/assets', '/..%2f..%2fpackage.json']) {
      expect((await fetch(web.baseUrl + path)).status).toBeGreaterThanOrEqual(400);
    }
  });

  it('can be left out', async () => {
    const web = await startWeb();
    expect((await fetch(`${web.baseUrl}/`)).status).toBe(404);
    expect((await web.get('/api/v1/samples')).status).toBe(200);
  });
});
