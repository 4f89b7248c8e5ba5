import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

export interface UnpackedBrowser {
  readonly executablePath: string;
  /** The few libraries Chromium needs beside the C library. */
  readonly libraryPath: string;
  readonly fontConfigFile: string;
}

const require = createRequire(import.meta.url);

/**
 * Unpacks the Chromium of `@sparticuz/chromium` once per machine and version, in a folder of its own. Safe when several test processes begin
 * at the same time: each unpacks beside the final place, and the first to finish is kept. (The package's own way shows a half-written file
 * to the second process.)
 */
export async function unpackBrowser(): Promise<UnpackedBrowser> {
  const packed = join(dirname(require.resolve('@sparticuz/chromium')), '..', 'bin');
  const { size } = await stat(join(packed, 'chromium.br'));
  const place = join(tmpdir(), `wence-test-browser-${size}`);
  if (!existsSync(place)) {
    const workplace = `${place}.${process.pid}`;
    await mkdir(workplace, { recursive: true });
    await Promise.all([
      inflate(join(packed, 'chromium.br'), join(workplace, 'chromium')),
      inflateArchive(join(packed, 'al2023.tar.br'), workplace),
      inflateArchive(join(packed, 'fonts.tar.br'), workplace),
    ]);
    await writeFile(join(workplace, 'wence-fonts.conf'), fontConfig(place));
    await rename(workplace, place).catch(() => rm(workplace, { recursive: true, force: true }));
  }
  return { executablePath: join(place, 'chromium'), libraryPath: join(place, 'lib'), fontConfigFile: join(place, 'wence-fonts.conf') };
}

async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }));
}

async function inflateArchive(from: string, folder: string): Promise<void> {
  const tar = spawn('tar', ['-x', '--no-same-owner', '-C', folder], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(tar, 'close');
  await pipeline(createReadStream(from), createBrotliDecompress(), tar.stdin);
  const [code] = await ended;
  if (code !== 0) throw new Error(`Expected tar to unpack ${from}, it ended with code ${String(code)}`);
}

/** The fonts of the machine, the Latin font that comes with the browser and, when the npm package is installed, a Chinese one. */
function fontConfig(place: string): string {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(place, 'fonts'), chineseFonts()].filter((folder) => folder !== null);
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    ...folders.map((folder) => `  <dir>${folder}</dir>`),
    `  <cachedir>${join(place, 'font-cache')}</cachedir>`,
    '</fontconfig>',
    '',
  ].join('\n');
}

function chineseFonts(): string | null {
  try {
    return join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts');
  } catch {
    return null;
  }
}
