import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds the page into dist/console. Addresses are relative, so the page also works below a path of a reverse proxy; nothing is inlined,
 * so a Content-Security-Policy of `default-src 'self'` is enough.
 */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome92', 'edge92', 'firefox98', 'safari15.4'],
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
