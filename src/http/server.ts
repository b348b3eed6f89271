import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, LogController } from 'fastify';
import type { Taproot } from '../app/taproot.js';
import { AppModule } from '../app.module.js';
import { limits, parseStrict } from '../kernel/json.js';
import { Access } from './access.js';
import { protect } from './headers.js';
import { docsScript, docsStyle } from './pages.js';
import { patienceMs, waitForBodies } from './patience.js';
import { answer, ProblemFilter } from './problem.filter.js';
import { unreadable } from './unreadable.js';

/** A running door: where it listens, the link for a person, and how to close it. */
export interface Door {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly access: Access;
}

/** Opens the door of a Taproot. Port 0 takes any free one. */
export async function serve(taproot: Taproot, token: string, host: string, port: number): Promise<Door> {
  const access = new Access(token);
  const adapter = new FastifyAdapter({
    bodyLimit: limits.bodyBytes,
    requestTimeout: 0, // a batch takes as long as it takes; bodies have a time of their own
    keepAliveTimeout: 65_000,
    http: { maxHeaderSize: 16_384, headersTimeout: patienceMs, connectionsCheckingInterval: 2_000 },
    clientErrorHandler: unreadable,
    frameworkErrors: answer,
    routerOptions: { maxParamLength: 300 },
    logger: taproot.config.log === 'silent' ? false : { level: taproot.config.log, stream: process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
  } as never);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(taproot, access, token), adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  readBodies(fastify);
  waitForBodies(fastify);
  await protect(fastify);
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    done(null, payload);
  });
  fastify.get('/docs.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(docsScript));
  fastify.get('/docs.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(docsStyle));
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(port, host);
  const address = fastify.server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return { app, url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, access };
}

/** JSON is read strictly; NDJSON is handed on as it comes; everything else is refused. */
function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: limits.bodyBytes },
    (_request, text, done) => {
      try {
        done(null, parseStrict(text as string));
      } catch (error) {
        done(error as Error);
      }
    },
  );
  fastify.addContentTypeParser(
    'application/x-ndjson',
    { bodyLimit: Number.MAX_SAFE_INTEGER },
    (_request, payload, done) => done(null, payload),
  );
}
