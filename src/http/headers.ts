import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';

/** The headers that keep a browser from doing what our pages never ask for; the same on every answer. */
const options = {
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      upgradeInsecureRequests: null,
    },
  },
  strictTransportSecurity: false,
};

/** Puts helmet's headers on every answer. They are asked of it once: it would work them out anew for each request. */
export async function protect(fastify: FastifyInstance): Promise<void> {
  const sample = Fastify();
  const without = Object.keys((await sampleOf(sample)).headers);
  const protectedOne = Fastify();
  await protectedOne.register(helmet, options);
  const headers = Object.entries((await sampleOf(protectedOne)).headers).filter(([name]) => !without.includes(name));
  fastify.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of headers) if (value !== undefined) reply.raw.setHeader(name, value);
    done();
  });
}

async function sampleOf(fastify: FastifyInstance) {
  fastify.get('/', (_request, reply) => reply.send(''));
  const answered = await fastify.inject('/');
  await fastify.close();
  return answered;
}
