import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freshDirectory } from './service.js';

/** The mapping that the small files below are for. */
export const crmMapping = resolve(import.meta.dirname, '../../examples/maven-crm.ts');

const accounts = [
  'account,sector,office_location,subsidiary_of',
  'Acme Corp,technolgy,Kenya,',
  'Bolt,retail,Japan,Acme Corp',
];
const agents = ['sales_agent,manager,regional_office', 'Moses Frase,Dustin Brinkmann,Central'];
const deals = [
  'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value',
  'O1,Moses Frase,GTXPro,Acme Corp,Won,2016-10-21,2017-03-01,1054',
  'O2,Moses Frase,MG Special,Bolt,Lost,2016-10-25,2017-03-11,0',
  'O3,Moses Frase,MG Special,,Engaging,2016-11-25,,',
  'O4,Moses Frase,MG Special,Nobody,Engaging,2016-11-25,,',
];

/** Three small files as the CRM writes them: two accounts, an agent, two deals that go in, one row without account, one of an account that is not there. */
export function crmFiles(): { readonly files: readonly string[]; change: (from: string, to: string) => void } {
  const directory = freshDirectory();
  const files = ['accounts.csv', 'sales_teams.csv', 'sales_pipeline.csv'].map((name) => join(directory, name));
  for (const [i, lines] of [accounts, agents, deals].entries()) writeFileSync(files[i]!, `${lines.join('\n')}\n`);
  const deal = files[2]!;
  return { files, change: (from, to) => writeFileSync(deal, readFileSync(deal, 'utf8').replace(from, to)) };
}
