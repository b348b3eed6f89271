import { canonical } from '../../kernel/canonical.js';
import { type Context, pick, toldAlready } from '../../kernel/decider.js';
import { Refusal } from '../../kernel/refusal.js';
import type * as commands from './account.commands.js';
import { type Account, classFields } from './account.state.js';
import { AccountReclassified } from './identity.events.js';
import { checkPeriod, type Drafts, notInForce, registered, tell, toldOnce } from './tell.js';

/** Decisions about who a customer is, and its contracts. */
export const identity = {
  RegisterAccount(state: Account, command: commands.RegisterAccount, context: Context): Drafts {
    const known = toldAlready(state.registered, context, 'account/id-taken', command.accountId);
    return known ? [] : tell('AccountRegistered', command);
  },
  ReclassifyAccount(state: Account, command: commands.ReclassifyAccount, { occurredAt }: Context): Drafts {
    registered(state, command);
    const given = pick(command, AccountReclassified);
    const names = classFields.filter((name) => given[name] !== undefined);
    if (names.length === 0) throw nothingGiven();
    const same = names.every((name) => state.said.get(`class/${name}`)?.at(occurredAt) === canonical(given[name]));
    return same ? [] : tell('AccountReclassified', command);
  },
  EstimatePotential(state: Account, command: commands.EstimatePotential, context: Context): Drafts {
    registered(state, command);
    return toldOnce(state, command, context) ? [] : tell('PotentialEstimated', command);
  },

  AgreeContract(state: Account, command: commands.AgreeContract, context: Context): Drafts {
    registered(state, command);
    const { contractId, from, until } = command;
    if (toldAlready(state.contracts.get(contractId)?.digest, context, 'contract/id-taken', contractId)) return [];
    checkPeriod(from, until, 'until');
    return tell('ContractAgreed', command);
  },
  RenewContract(state: Account, command: commands.RenewContract, { digest }: Context): Drafts {
    registered(state, command);
    const contract = contractOf(state, command.contractId);
    if (contract.renewals.has(digest)) return [];
    if (contract.ended !== undefined) throw over(command.contractId);
    checkPeriod(contract.from, command.until, 'until');
    return tell('ContractRenewed', command);
  },
  EndContract(state: Account, command: commands.EndContract, { digest }: Context): Drafts {
    registered(state, command);
    const contract = contractOf(state, command.contractId);
    if (contract.ended === digest) return [];
    if (contract.ended !== undefined) throw over(command.contractId);
    return tell('ContractEnded', command);
  },
};

function contractOf(state: Account, contractId: string) {
  const contract = state.contracts.get(contractId);
  if (contract) return contract;
  throw notInForce('contract/not-in-force', 'contractId', 'contract', contractId, 'was never agreed with this account');
}

const over = (contractId: string): Refusal =>
  notInForce('contract/not-in-force', 'contractId', 'contract', contractId, 'has ended; correct that event');

const nothingGiven = (): Refusal =>
  new Refusal('command/invalid', `Nothing is changed: give ${classFields.join(', ')}`, {
    errors: [{ pointer: '', code: 'empty', detail: `give at least one of ${classFields.join(', ')}` }],
  });
