import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/refusal.js';
import { callerOf } from './access.js';

/** What a principal may still send. */
export interface Allowance {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the whole limit is there again. */
  readonly reset: number;
  /** Seconds to wait before the next request; 0 where this one may go on. */
  readonly wait: number;
}

/** A bucket of tokens for each principal: full at first, emptied by requests, filled again evenly within a minute. */
export class RateLimit {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  /** Requests in a minute; null for any number. */
  constructor(private readonly perMinute: number | null) {}

  /** Takes a token for a request at `now`, in ms; undefined where nothing is limited. */
  take(subject: string, now: number): Allowance | undefined {
    const limit = this.perMinute;
    if (limit === null) return undefined;
    const perMs = limit / 60_000;
    const bucket = this.buckets.get(subject) ?? { tokens: limit, at: now };
    const tokens = Math.min(limit, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
    const left = tokens >= 1 ? tokens - 1 : tokens;
    this.buckets.set(subject, { tokens: left, at: now });
    const seconds = (missing: number) => Math.ceil(missing / perMs / 1_000);
    return {
      limit,
      remaining: Math.floor(left),
      reset: seconds(limit - left),
      wait: tokens >= 1 ? 0 : Math.max(1, seconds(1 - tokens)),
    };
  }
}

/** Refuses a principal who asks more often than the service is set to answer; a batch is one request. Comes after the guard that knows who it is. */
@Injectable()
export class RateGuard implements CanActivate {
  constructor(private readonly limit: RateLimit) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const caller = callerOf(http.getRequest<FastifyRequest>());
    const allowance = caller && this.limit.take(caller.scope, Date.now());
    if (!allowance) return true;
    const { limit, remaining, reset, wait } = allowance;
    const reply = http.getResponse<FastifyReply>().headers({
      'ratelimit-limit': limit,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': reset,
      'ratelimit-policy': `${limit};w=60`,
    });
    if (wait === 0) return true;
    reply.header('retry-after', wait);
    throw new Refusal('request/rate-limited', `More than ${limit} requests in a minute; wait ${wait} s`, {
      values: { retryAfterSeconds: wait },
    });
  }
}
