import { afterAll, describe, expect, it } from '@jest/globals';
import { States } from '../../src/app/states.js';
import type { Topic } from '../../src/domain/topic.js';
import { topicNamed } from '../../src/domain/catalogue.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { EmbeddedStore } from '../../src/store/embedded.js';
import { unstamped } from '../support/entries.js';
import { scene } from '../support/scene.js';
import { freshDirectory } from '../support/service.js';

const ledger = Ledger.open(freshDirectory());
afterAll(() => ledger.close());
const store = new EmbeddedStore({ ledger, origin: 'test.example', clock: () => Date.parse('2026-01-31T00:00:00Z') });
const count = { initial: () => ({ n: 0 }), on: { InteractionLogged: (state: { n: number }) => void state.n++ } };
const counting = { ...topicNamed('activity'), decider: count } as unknown as Topic;
const append = (stream: string, from: number, to: number) =>
  store.append(
    stream,
    from - 1,
    Array.from({ length: to - from }, (_, i) => unstamped(`${stream} ${from + i}`)),
  );

describe('states of deciders in memory', () => {
  it('take each event in once, whoever asks while others ask', async () => {
    const states = new States(store);
    await append('activity-A', 0, 2);
    await states.load(counting, 'activity-A');
    await append('activity-A', 2, 5);
    const asked = await Promise.all([1, 2, 3].map(() => states.load(counting, 'activity-A')));
    expect(asked.map(({ state, revision }) => [state, revision])).toEqual(Array(3).fill([{ n: 5 }, 4]));
  });

  it('are kept while they fit, and folded anew when they did not', async () => {
    const states = new States(store, 8);
    for (const stream of ['activity-B', 'activity-C', 'activity-D']) await append(stream, 0, 3);
    for (let round = 0; round < 3; round++)
      for (const stream of ['activity-B', 'activity-C', 'activity-D'])
        expect(await states.load(counting, stream)).toEqual({ state: { n: 3 }, revision: 2 });
  });
});

describe('a clock that is set back', () => {
  const s = scene('2026-03-31T12:00:00.000Z');

  it('hides nothing: a reader sees what was just told, and times of recording never run backwards', async () => {
    const account = { name: 'A', customerType: 'OEM_MAKER', currency: 'EUR' };
    await s.tell('RegisterAccount', { accountId: 'BEFORE', ...account });
    s.on('2026-03-31T09:00:00.000Z');
    await s.tell('RegisterAccount', { accountId: 'AFTER', ...account });
    const { items } = (await s.at.get('/v1/accounts')).body;
    expect(items.map(({ accountId }: { accountId: string }) => accountId)).toEqual(['AFTER', 'BEFORE']);
    expect((await s.view('profile', '', 'AFTER')).registered).toBeDefined();
    const times = (await s.at.get('/v1/events')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).recordedtime);
    expect(times).toEqual([...times].sort());
  });
});
