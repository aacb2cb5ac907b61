/** @jsxImportSource react */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createShopClient, Shop } from './app.js';

declare const API_URL: string;

const client = createShopClient(API_URL);
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Shop client={client} />
    </StrictMode>,
  );
