/** @jsxImportSource react */
import { GatehouseProvider } from 'gatehouse-client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, createShopClient } from './app.js';

declare const API_URL: string;

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <GatehouseProvider client={createShopClient(API_URL)}>
        <App />
      </GatehouseProvider>
    </StrictMode>,
  );
