import type { AnyProjection, Report } from '../src/kernel/projection.js';

/** Every projection, in the order of the catalogue. */
export const projections: readonly AnyProjection[] = [];

/** Every report over the portfolio. */
export const reports: readonly Report[] = [];

const byName = new Map(projections.map((projection) => [projection.name, projection]));
const reportsByName = new Map(reports.map((report) => [report.name, report]));

/** The projection with that name. */
export const projectionNamed = (name: string): AnyProjection | undefined => byName.get(name);

/** The report with that name. */
export const reportNamed = (name: string): Report | undefined => reportsByName.get(name);
