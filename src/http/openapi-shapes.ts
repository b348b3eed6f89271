import type { Json } from './openapi-parts.js';

/** Shapes that answers share, as `docs` promises them. */
export const shapes: Json = {
  Receipt: {
    type: 'object',
    required: ['commandId', 'stream', 'revision', 'events', 'repeated', 'position', 'after'],
    properties: {
      commandId: { type: 'string' },
      stream: { type: 'string' },
      revision: { type: 'integer' },
      events: {
        type: 'array',
        items: { type: 'object', properties: { id: { type: 'string' }, type: { type: 'string' } } },
      },
      repeated: { type: 'boolean' },
      position: { type: ['integer', 'null'] },
      after: { type: 'string' },
    },
  },
  Problem: {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code', 'errors'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'string' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
        },
      },
    },
  },
  SignIn: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
  Page: {
    type: 'object',
    required: ['items', 'next'],
    properties: { items: { type: 'array', items: { type: 'object' } }, next: { type: ['string', 'null'] } },
  },
  Answer: {
    type: 'object',
    required: ['version', 'asOf', 'knownAt', 'position', 'policy', 'data'],
    properties: {
      view: { type: 'string' },
      report: { type: 'string' },
      version: { type: 'integer' },
      accountId: { type: 'string' },
      mergedInto: { type: 'string' },
      asOf: { type: 'string' },
      knownAt: { type: ['string', 'integer'] },
      position: { type: 'integer' },
      policy: { type: 'object' },
      currency: { type: ['string', 'null'] },
      data: { type: 'object' },
    },
  },
};
