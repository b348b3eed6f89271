import { projections } from '../../projections/registry.js';
import { keyOf } from './folder.js';
import type { Taproot } from './taproot.js';

/** Whether the service can do its work, and what it counted. */
export class Health {
  private stopping = false;
  private readonly started = Date.now();

  constructor(private readonly taproot: Taproot) {}

  /** From now on not ready: traffic should go elsewhere while what runs is finished. */
  stop(): void {
    this.stopping = true;
  }

  ready(): {
    status: 'ready' | 'not-ready';
    head: number;
    projectionLag: number;
    mirrorLag: number | null;
    reason?: string;
  } {
    const { head } = this.taproot;
    const state = { head, projectionLag: head - this.projected(), mirrorLag: this.taproot.store.lag() };
    if (this.stopping) return { status: 'not-ready', ...state, reason: 'the service is stopping' };
    const trouble = this.taproot.store.trouble();
    return trouble === null ? { status: 'ready', ...state } : { status: 'not-ready', ...state, reason: trouble };
  }

  /** Prometheus text; no ids in labels. */
  metrics(): string {
    const { status, head, projectionLag, mirrorLag } = this.ready();
    const gauges: [string, string, number][] = [
      ['taproot_ready', 'Whether the service can do its work: 1 or 0.', status === 'ready' ? 1 : 0],
      ['taproot_log_events', 'Events in the log.', head],
      [
        'taproot_projection_lag_events',
        'Events that stored views have not taken in yet; reads are right all the same.',
        projectionLag,
      ],
      ...(mirrorLag === null
        ? []
        : [
            ['taproot_mirror_lag_events', 'Events on the server that the mirror has not taken in yet.', mirrorLag] as [
              string,
              string,
              number,
            ],
          ]),
      ['taproot_uptime_seconds', 'Seconds since the service started.', Math.round((Date.now() - this.started) / 1000)],
      ['process_resident_memory_bytes', 'Resident memory.', process.memoryUsage.rss()],
    ];
    return gauges
      .map(([name, help, value]) => `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`)
      .join('');
  }

  private projected(): number {
    const positions = projections.map((projection) => this.taproot.moments.views.checkpoint(keyOf(projection)));
    return positions.length === 0
      ? this.taproot.head
      : Math.min(...positions.map((one) => (one?.live ? one.position : 0)));
  }
}
