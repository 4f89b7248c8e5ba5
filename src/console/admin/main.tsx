import '../styles/tokens.css';
import './admin.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConsoleApp } from './app.tsx';
import { markStyleElements } from './style-nonce.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('Expected an element with the id "root" in admin.html');
/** Put into the page by the server, anew with each request: what Ant Design's styles show to the Content-Security-Policy. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
markStyleElements(nonce);
createRoot(root).render(
  <StrictMode>
    <ConsoleApp nonce={nonce} />
  </StrictMode>,
);
