import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../kernel/command.js';
import { Refusal } from '../kernel/refusal.js';

/** What a principal may do; whoever has none of a route's roles is refused. */
export const roles = ['commander', 'analyst', 'importer', 'auditor', 'privacy', 'admin', 'node'] as const;
export type Role = (typeof roles)[number];

/** Cookie of a person who signed in. */
export const sessionCookie = 'taproot_session';

const rolesKey = 'taproot:roles';

/** The roles that may call a route; a route without is closed, `Open()` is for everybody. */
export const Roles = (...allowed: readonly Role[]) => SetMetadata(rolesKey, allowed);
export const Open = () => SetMetadata(rolesKey, 'open');

/** Who calls, set by the guard. */
export const Caller = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Actor => actorOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The principal of `TAPROOT_TOKEN`, of the local command line, and of whoever signed in with the link. */
export const admin: Actor = { authtype: 'service', authid: 'admin', scope: 'admin', roles };

const actors = new WeakMap<object, Actor>();

/** Who calls; undefined on routes that are open. */
export const callerOf = (request: FastifyRequest): Actor | undefined => actors.get(request);

function actorOf(request: FastifyRequest): Actor {
  const actor = callerOf(request);
  if (!actor) throw new Refusal('auth/token-missing', 'Send Authorization: Bearer with a token of this service');
  return actor;
}

/** Tokens, one-time codes and sessions, compared by digest in constant time. */
@Injectable()
export class Access {
  private readonly codes = new Map<string, number>();
  private readonly sessions = new Map<string, number>();

  /** Digest of the service's token: what a caller's is compared with. */
  private readonly proof: Buffer;

  constructor(token: string) {
    this.proof = sha256(token);
  }

  /** A code that opens one session, within a day. */
  newCode(now: number): string {
    const code = randomBytes(24).toString('base64url');
    this.codes.set(digest(code), now + 86_400_000);
    return code;
  }

  /** A session for a code that has not been used; undefined otherwise. */
  signIn(code: string, now: number): string | undefined {
    const key = digest(code);
    const until = this.codes.get(key);
    this.codes.delete(key);
    if (until === undefined || until < now) return undefined;
    const session = randomBytes(32).toString('base64url');
    this.sessions.set(digest(session), now + 30 * 86_400_000);
    return session;
  }

  /** The principal that the headers prove; undefined where they prove none. */
  actor(headers: FastifyRequest['headers'], now: number): Actor | undefined {
    const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return timingSafeEqual(sha256(bearer), this.proof) ? admin : undefined;
    const session = new RegExp(`(?:^|; )${sessionCookie}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
    const until = session === undefined ? undefined : this.sessions.get(digest(session));
    return until !== undefined && until > now ? { ...admin, authtype: 'user' } : undefined;
  }
}

/** Lets in whom the headers prove, where one of the route's roles is theirs. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly access: Access,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const allowed = this.reflector.getAllAndOverride<readonly Role[] | 'open' | undefined>(rolesKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (allowed === 'open') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const actor = this.access.actor(request.headers, Date.now());
    if (!actor)
      throw new Refusal(
        'auth/token-missing',
        'Send Authorization: Bearer with a token of this service; the first one is in the file token of the data directory',
      );
    if (!allowed?.some((role) => actor.roles.includes(role))) {
      throw new Refusal('auth/role-missing', `This needs one of the roles ${(allowed ?? ['none']).join(', ')}`);
    }
    actors.set(request, actor);
    return true;
  }
}

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer');

const digest = (text: string): string => hash('sha256', text, 'base64url');
