import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds both pages into dist/console: index.html, where anybody asks, and admin.html, the console. Addresses are relative, so the pages
 * also work below a path of a reverse proxy; nothing is inlined, so scripts need no more than `script-src 'self'`. What only the console
 * uses stays in chunks of its own, and the page where people ask does not grow by it.
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
    // Ant Design and the charts are single libraries of known size, loaded by the console alone.
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      input: [`${import.meta.dirname}/index.html`, `${import.meta.dirname}/admin.html`],
      output: {
        codeSplitting: {
          groups: [
            // What both pages share comes first: otherwise it would go where Ant Design goes, and take the public page along.
            { name: 'helpers', test: /@oxc-project[+\\/]runtime/, priority: 4 },
            { name: 'react', test: /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 3 },
            { name: 'charts', test: /[\\/]node_modules[\\/](echarts|zrender)[\\/]/, priority: 2 },
            { name: 'antd', test: /[\\/]node_modules[\\/](antd|@ant-design|@rc-component)[\\/]/, priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
