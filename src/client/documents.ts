// The operations as documents, for other GraphQL clients.
export * from './generated/documents.js';
