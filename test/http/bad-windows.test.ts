import { beforeAll, describe, expect, it } from '@jest/globals';
import { reports } from '../../projections/registry.js';
import { acme } from '../support/cast/ids.js';
import { registered, scene } from '../support/scene.js';

const s = scene('2025-12-31T12:00:00.000Z');
beforeAll(async () => void (await s.tell('RegisterAccount', registered(acme))));

/** What a question is refused with: the status, and the parameter that is named. */
const refused = async (path: string) => {
  const { status, body } = await s.at.get(`/v1/${path}`);
  return [status, body.code, body.errors?.[0]?.pointer];
};

describe('a question about a time that cannot be (bad input)', () => {
  const account = `accounts/${acme}`;
  const windowed = [
    ...reports.map(({ name }) => `portfolio/${name}?`),
    `${account}/performance/explain?figure=/total/net&`,
    `${account}/performance/series?figure=/total/net&`,
    `${account}/timeline?`,
  ];
  it.each(windowed)('%s begins after the moment it is asked of', async (path) => {
    const after = `${path}from=2025-06-01&asOf=2025-05-31`;
    expect(await refused(after)).toEqual([400, 'view/parameter-invalid', '?from']);
    expect((await s.at.get(`/v1/${path}from=2025-06-01&asOf=2025-06-01`)).status).toBe(200);
  });

  it.each([
    ['survival?calibrate=yesterday', '?calibrate'],
    ['survival?calibrate=2024-02-30', '?calibrate'],
    ['survival?calibrate=', '?calibrate'],
    ['matrix?with=', '?with'],
    ['matrix?with=soon', '?with'],
    ['restatements?saidAsOf=soon', '?saidAsOf'],
    ['restatements?saidKnownAt=12', '?saidAsOf'],
    ['restatements?saidAsOf=2025-01-31&saidKnownAt=soon', '?saidKnownAt'],
  ])('%s cannot be read: %s is named', async (query, pointer) => {
    expect(await refused(`portfolio/${query}`)).toEqual([400, 'view/parameter-invalid', pointer]);
  });
});
