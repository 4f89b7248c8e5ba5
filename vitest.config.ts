import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // The segmenter's dictionary takes about 200 MB a process; two workers fit any machine the product fits.
    maxWorkers: 2,
    reporters: ['default'],
  },
});
