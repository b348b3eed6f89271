import type { Customer } from './account.js';
import { dealer, oem } from './customer.js';

/** Customers that become key accounts, each with its story. */
export const keyCustomers: readonly Customer[] = [
  // A bow-tie, one buyer and one of ours, grows into a diamond over four years.
  oem('BRANDT', 'Brandt Packaging Lines', ['Packaging machines', 'DACH'], '2021-12', 62, 'falk', {
    growth: 0.14,
    margin: 0.34,
    orders: true,
  }),
  // The stage is declared too early, by override: inflated ever since.
  oem('KESTREL', 'Kestrel Printing Machines', ['Printing machines', 'UK & Ireland'], '2021-12', 38, 'dvorak', {
    growth: 0.02,
    margin: 0.29,
    every: 3,
  }),
  // The largest customer loses money: what it costs to serve eats the margin.
  oem('GOLIATH', 'Goliath Machine Works', ['Machine tools', 'DACH'], '2021-12', 240, 'ekberg', {
    growth: 0.04,
    margin: 0.1,
    serve: 0.062,
    late: 38,
    orders: true,
  }),
  // A sacrifice: six months of investment, paid back in the third year.
  oem('SOLVEIG', 'Solveig Wind Systems', ['Wind turbines', 'Nordics'], '2023-01', 9, 'wen', {
    growth: 0.75,
    margin: 0.36,
    late: 0,
    orders: true,
  }),
  // We broke our word, the relationship broke with it, and both were repaired.
  oem('PELLWORM', 'Pellworm Textile Machines', ['Textile machines', 'Nordics'], '2021-12', 44, 'falk', {
    growth: 0.06,
    every: 3,
  }),
  // The person who carried it all moves to another customer, and nothing is left.
  oem('ARDENT', 'Ardent Food Machinery', ['Food machines', 'Italy'], '2021-12', 51, 'arrieta', {
    growth: -0.05,
    every: 3,
  }),
  // A quarter was closed; a credit note of months later changed it. And an invoice corrected, another retracted.
  oem('OSTARA', 'Ostara Bakery Systems', ['Food machines', 'Benelux'], '2021-12', 47, 'arrieta', {
    growth: 0.07,
  }),
  // A group with two currencies: this is the holding.
  oem('HELIX', 'Helix Automation Group', ['Robotics', 'DACH'], '2021-12', 58, 'wen', { growth: 0.08, orders: true }),
  // A supplier reduction programme, from six suppliers to three, survived.
  oem('TRELLIS', 'Trellis Harvesters', ['Agricultural machines', 'Iberia'], '2021-12', 55, 'moreau', {
    growth: 0.09,
    every: 3,
  }),
  // A competitor attacked, we defended, and the two firms grew into one another.
  oem('IRONBRIDGE', 'Ironbridge Rail Works', ['Rail', 'UK & Ireland'], '2021-12', 83, 'wen', {
    growth: 0.11,
    margin: 0.35,
    late: -2,
  }),
  // A dealer that is a key account, and stands on the milk round like every other.
  dealer('QUARRY', 'Quarry & Sons Industrial Supply', 'North', '2021-12', 33, 'brink', {
    oemFitShare: 0.8,
    growth: 0.08,
    every: 1,
  }),
  // Half of what is spent on it serves nothing that it wants.
  oem('CORVUS', 'Corvus Woodworking Machines', ['Woodworking machines', 'Italy'], '2021-12', 36, 'arrieta', {
    growth: 0.01,
    late: 12,
    every: 3,
  }),
  // Pulled up to look at its roots, month after month.
  oem('SEXTANT', 'Sextant Robotics', ['Robotics', 'Nordics'], '2022-06', 21, 'falk', {
    growth: 0.22,
    margin: 0.33,
    every: 3,
  }),
  // An activity with a cap, and more was spent.
  oem('HALYARD', 'Halyard Filling Systems', ['Packaging machines', 'Benelux'], '2021-12', 41, 'dvorak', {
    growth: 0.05,
    every: 3,
  }),
  // Orders still come, but nobody has spoken to anybody for months.
  oem('ECHO', 'Echo Medical Devices', ['Medical devices', 'DACH'], '2022-03', 29, 'dvorak', {
    growth: 0.03,
    margin: 0.38,
    every: 3,
  }),
];
