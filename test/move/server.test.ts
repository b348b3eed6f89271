import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Server } from '../../src/store/eventstoredb.js';
import { Names } from '../../src/store/names.js';
import { incoming, stamp } from '../../src/store/stamp.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { proposal } from '../../src/store/wire.js';
import { unstamped } from '../support/entries.js';
import type { AppendFault } from '../support/eventstore/faults.js';
import { Front } from '../support/eventstore/front.js';
import { contentOf, logIn, origin, taproot } from '../support/moving.js';
import { onServers, type Place } from '../support/servers.js';
import { freshDirectory } from '../support/service.js';

const count = 20_000;
type At = Pick<Place, 'url' | 'prefix'>;
const settings = ({ url, prefix }: At) => ({ TAPROOT_STORE: url, TAPROOT_STREAM_PREFIX: prefix });
const moveTo = (place: At, mirror: string, from: string) =>
  taproot(mirror, ['import', '--events', from, '--json'], settings(place));

onServers('moving a log onto a server', (placeFor) => {
  const [source, mirror] = [freshDirectory(), freshDirectory()];
  const places: Place[] = [];
  const newPlace = async (): Promise<Place> => {
    const place = await placeFor();
    places.push(place);
    return place;
  };
  let place: Place;
  beforeAll(async () => {
    logIn(source, count);
    place = await newPlace();
  });
  afterAll(async () => {
    for (const one of places) await one.close();
  });

  it('keeps the bytes of every event, its position, the root and the name of the log', async () => {
    expect(await moveTo(place, mirror, source)).toMatchObject({ code: 0 });
    expect(contentOf(mirror)).toEqual(contentOf(source));
  }, 120_000);
  it('can be read again from the server alone, by another node', async () => {
    const another = freshDirectory();
    const again = await moveTo(place, another, source);
    expect(JSON.parse(again.out)).toMatchObject({ size: count, before: count, origin });
    expect(contentOf(another)).toEqual(contentOf(source));
  }, 120_000);
  it('goes on where it stopped', async () => {
    const to = await newPlace();
    const [short, long] = [freshDirectory(), freshDirectory()];
    logIn(short, 1_234);
    logIn(long, 3_000);
    const target = freshDirectory();
    await moveTo(to, target, short);
    expect(JSON.parse((await moveTo(to, target, long)).out)).toMatchObject({ size: 3_000, before: 1_234 });
    expect(contentOf(target)).toEqual(contentOf(long));
  }, 60_000);
  it('is refused where the server holds other events of that log', async () => {
    const to = await newPlace();
    const [first, other, target] = [freshDirectory(), freshDirectory(), freshDirectory()];
    logIn(first, 20);
    await moveTo(to, target, first);
    const server = new Server(to.url);
    const event = stamp(unstamped('aside'), origin, 'activity-aside', 0, Date.parse('2026-01-15T10:00:00.000Z'));
    await server.append(new Names(to.prefix).onServer('activity-aside'), -1, [proposal(event)]);
    await server.close();
    logIn(other, 50);
    await expect(moveTo(to, target, other)).rejects.toMatchObject({ code: 'bundle/not-a-prefix' });
    expect(contentOf(target).rows).toHaveLength(21);
  }, 60_000);
  it('is refused into a directory that holds a log of its own', async () => {
    const to = await newPlace();
    const own = freshDirectory();
    const ledger = Ledger.open(own);
    ledger.append([incoming(stamp(unstamped('own'), 'own.example', 'activity-own', 0, 0))]);
    ledger.close();
    await expect(moveTo(to, own, source)).rejects.toThrow(/holds a log of its own/);
  });
});

describe('a server that fails while a log moves in', () => {
  const [source, mirror] = [freshDirectory(), freshDirectory()];
  let front: Front;
  beforeAll(() => logIn(source, 4_000));
  beforeEach(async () => {
    front = await Front.start();
  });
  afterEach(async () => {
    await front.close();
    rmSync(mirror, { recursive: true });
  });
  const move = () => moveTo({ url: front.url, prefix: '' }, mirror, source);

  it('loses nothing and gets nothing twice', async () => {
    front.faults.next('append', 'drop-after', 2);
    front.faults.next('append', 'drop-before', 2);
    front.faults.next('append', 'not-ready', 2);
    front.faults.next('subscribe', 'drop', 2, 500);
    expect((await move()).code).toBe(0);
    expect(front.faults.happened.length).toBeGreaterThanOrEqual(7);
    expect(contentOf(mirror)).toEqual(contentOf(source));
  });

  it.each<AppendFault>(['drop-before', 'drop-after', 'end', 'not-leader'])(
    'keeps the order where the stream of appends breaks with several on their way: %s',
    async (fault) => {
      front.faults.next('append', fault, 1, 9);
      front.faults.next('append', fault, 2);
      expect((await move()).code).toBe(0);
      expect(front.faults.happened).toEqual(Array.from({ length: 3 }, () => `append ${fault}`));
      expect(contentOf(mirror)).toEqual(contentOf(source));
    },
  );

  it('is told that a node took events out of their order: one was refused, the next not', async () => {
    front.faults.next('append', 'not-ready', 1, 9);
    await expect(move()).rejects.toMatchObject({
      code: 'log/diverged',
      message: expect.stringMatching(/out of their order; move into an empty log/),
    });
    expect(front.faults.happened).toEqual(['append not-ready']);
  });
});
