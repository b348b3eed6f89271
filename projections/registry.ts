import type { AnyProjection, Report } from '../src/kernel/projection.js';
import { profile } from './profile.js';
import { stages } from './stages.js';
import { contacts } from './contacts.js';
import { trust } from './trust.js';
import { understanding } from './understanding.js';
import { investment } from './investment.js';
import { performance } from './performance.js';
import { approach } from './approach.js';
import { contact } from './contact.js';
import { member } from './member.js';
import { loyalty } from './loyalty.js';
import { value } from './value.js';
import { criteria } from './criteria.js';
import { capacity } from './capacity.js';
import { pursuits } from './pursuits.js';
import { reviews } from './reviews.js';
import { visits } from './visits.js';
import { sequence } from './sequence.js';
import { programme } from './programme.js';
import { whale } from './portfolio/whale.js';
import { acquisition } from './portfolio/acquisition.js';
import { balance } from './portfolio/balance.js';
import { impact } from './portfolio/impact.js';
import { activities } from './portfolio/activities.js';
import { restatements } from './portfolio/restatements.js';
import { matrix } from './portfolio/matrix.js';
import { retention } from './portfolio/retention.js';
import { capacity as capacityReport } from './portfolio/capacity.js';
import { objectives } from './portfolio/objectives.js';
import { outlook } from './portfolio/outlook.js';
import { survival } from './portfolio/survival.js';
import { rfm } from './portfolio/rfm.js';
import { lifetime } from './portfolio/lifetime.js';
import { inflation } from './portfolio/inflation.js';
import { attention } from './portfolio/attention.js';
import { measurement } from './portfolio/measurement.js';
import { support } from './portfolio/support.js';
import { threats } from './portfolio/threats.js';
import { funnel } from './portfolio/funnel.js';
import { routes } from './portfolio/routes.js';
import { programme as programmeReport } from './portfolio/programme.js';
import { findings } from './portfolio/findings.js';

/** Every projection, in the order of the catalogue. */
export const projections: readonly AnyProjection[] = [
  profile,
  stages,
  contacts,
  trust,
  understanding,
  loyalty,
  performance,
  investment,
  value,
  approach,
  criteria,
  capacity,
  pursuits,
  reviews,
  visits,
  sequence,
  contact,
  member,
  programme,
];

/** Every report over the portfolio. */
export const reports: readonly Report[] = [
  matrix,
  whale,
  retention,
  acquisition,
  capacityReport,
  balance,
  objectives,
  outlook,
  survival,
  inflation,
  attention,
  measurement,
  support,
  threats,
  funnel,
  routes,
  impact,
  activities,
  programmeReport,
  rfm,
  lifetime,
  restatements,
  findings,
];

const byName = new Map(projections.map((projection) => [projection.name, projection]));
const reportsByName = new Map(reports.map((report) => [report.name, report]));

/** The projection with that name. */
export const projectionNamed = (name: string): AnyProjection | undefined => byName.get(name);

/** The report with that name. */
export const reportNamed = (name: string): Report | undefined => reportsByName.get(name);
