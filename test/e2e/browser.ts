import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { unpackBrowser } from './unpack-browser.ts';

/** Without a sandbox, which root may not have; otherwise a browser as people have it, with its protections on. */
const LINUX_ARGS = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none'];

/**
 * A headless browser that needs no download and no system package: on Linux the Chromium of an npm package, elsewhere the Chrome or Edge
 * that is installed. Close it with `browser.close()`.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ headless: true, ...(await whichBrowser()) });
}

async function whichBrowser(): Promise<LaunchOptions> {
  if (process.platform === 'win32') return { channel: 'msedge' };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' };
  const { executablePath, libraryPath, fontConfigFile } = await unpackBrowser();
  const LD_LIBRARY_PATH = [libraryPath, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return { executablePath, args: LINUX_ARGS, env: { ...process.env, LD_LIBRARY_PATH, FONTCONFIG_FILE: fontConfigFile } };
}
