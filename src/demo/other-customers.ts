import type { Customer } from './account.js';
import { dealer, oem } from './customer.js';

/** All others, each with its story. */
export const otherCustomers: readonly Customer[] = [
  // Of the Helix group: this one pays in dollars.
  oem('HELIX-US', 'Helix Automation Inc.', ['Robotics', 'North America'], '2022-04', 34, 'wen', {
    currency: 'USD',
    growth: 0.1,
  }),
  // Bought by the Helix group in 2024.
  oem('HELIX-IB', 'Helix Ibérica', ['Robotics', 'Iberia'], '2021-12', 11, 'moreau', { every: 3 }),
  // A hunter took it from a competitor; within a year it was gone.
  oem('FALCATA', 'Falcata Robotics', ['Robotics', 'Iberia'], '2024-03', 26, 'sharp', {
    until: '2024-11',
    growth: 0,
    margin: 0.18,
    late: 9,
  }),
  // Another hunter's win that bought three times and never again.
  oem('WISP', 'Wisp Laboratory Automation', ['Medical devices', 'Benelux'], '2023-02', 14, 'sharp', {
    until: '2023-08',
    margin: 0.21,
    every: 3,
  }),
  // A hunter's win that stayed.
  oem('RAPIER', 'Rapier Cutting Systems', ['Machine tools', 'Italy'], '2022-11', 17, 'sharp', {
    every: 3,
    margin: 0.27,
  }),
  // Pursued for two years and lost: never a customer.
  oem('STILETTO', 'Stiletto Sewing Automation', ['Textile machines', 'Italy'], undefined, 0, 'sharp'),
  // Where Ardent's head of purchasing went; business came with him.
  oem('NORDLYS', 'Nordlys Fish Processing', ['Food machines', 'Nordics'], '2022-05', 12, 'oduya', {
    growth: 0.16,
    every: 3,
  }),
  // Left in 2023, won back in 2025.
  oem('REDWING', 'Redwing Forestry Machines', ['Agricultural machines', 'Nordics'], '2021-12', 23, 'oduya', {
    until: '2023-05',
    growth: -0.2,
  }),
  // Ended: the contract was lost to a competitor.
  oem('TALLOW', 'Tallow Soap Machines', ['Food machines', 'UK & Ireland'], '2021-12', 19, 'oduya', {
    until: '2024-12',
    growth: -0.08,
    every: 3,
  }),
  // Ended: insolvent.
  oem('EMBER', 'Ember Kiln Builders', ['Ceramics', 'Iberia'], '2022-01', 13, 'moreau', {
    until: '2025-03',
    growth: -0.03,
    late: 41,
    every: 3,
  }),
  // Known twice, by two names: merged.
  oem('VOSS', 'Voss Conveyors', ['Packaging machines', 'DACH'], '2021-12', 15, 'oduya', { every: 3 }),
  oem('VOSS-GMBH', 'Voss Foerdertechnik GmbH', ['Packaging machines', 'DACH'], '2023-02', 6, 'oduya', { every: 3 }),
  // Taken for one firm by mistake, merged, and parted again.
  oem('LARK', 'Lark Bottling', ['Packaging machines', 'UK & Ireland'], '2022-02', 10, 'oduya', { every: 3 }),
  dealer('LARKIN', 'Larkin Bottling Supplies', 'UK & Ireland', '2022-08', 7, 'oduya'),
  // The milk round: six dealers visited every week in turn, all alike.
  dealer('DEICH', 'Deich Industrial Supply', 'North', '2021-12', 8, 'brink'),
  dealer('KOPPEL', 'Koppel Drives', 'North', '2021-12', 6, 'brink'),
  dealer('REET', 'Reet Bearings', 'North', '2022-01', 5, 'brink', { growth: -0.02 }),
  dealer('SIEL', 'Siel Technical Trade', 'North', '2021-12', 7, 'brink'),
  dealer('TONNE', 'Tonne Lifting Supplies', 'North', '2022-03', 4, 'brink'),
  dealer('PRIEL', 'Priel Marine Supply', 'North', '2021-12', 5, 'brink', { oemFitShare: 0.3, late: 15 }),
  // Two in the industry of a sudden opportunity.
  oem('TRAMLINE', 'Tramline Vehicles', ['Rail', 'Iberia'], '2023-06', 16, 'sharp', { growth: 0.3 }),
  oem('RAILCRAFT', 'Railcraft Bogies', ['Rail', 'DACH'], '2025-09', 22, 'sharp', { growth: 0.2 }),
  // Won by patience, and growing.
  oem('MARLOW', 'Marlow Printheads', ['Printing machines', 'UK & Ireland'], '2022-09', 13, 'moreau', {
    growth: 0.24,
    every: 3,
    margin: 0.35,
  }),
  // A dealer whose business turned to original equipment: another kind of customer than we had it.
  dealer('PINE', 'Pine & Partners Drives', 'Benelux', '2021-12', 9, 'oduya', { oemFitShare: 0.4 }),
  // Trial orders for a year, not won yet.
  oem('THISTLE', 'Thistle Distillery Equipment', ['Food machines', 'UK & Ireland'], undefined, 0, 'moreau'),
];
