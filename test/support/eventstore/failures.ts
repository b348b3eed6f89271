import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { AppendFault } from './faults.js';

/** How an append ends that fails, as a server says it: `exception` names what only this append did wrong, or who leads. */
export const appendErrors: Partial<Record<AppendFault, { code: status; details: string; exception?: string }>> = {
  'drop-before': { code: status.UNAVAILABLE, details: 'Connection dropped' },
  'drop-after': { code: status.UNAVAILABLE, details: 'Connection dropped' },
  internal: { code: status.INTERNAL, details: 'Received RST_STREAM with code 2' },
  timeout: { code: status.ABORTED, details: 'Operation timed out' },
  'not-ready': { code: status.UNAVAILABLE, details: 'Server Is Not Ready' },
  'not-leader': { code: status.NOT_FOUND, details: 'Leader info available', exception: 'not-leader' },
  denied: { code: status.PERMISSION_DENIED, details: 'Access Denied', exception: 'access-denied' },
  'too-large': {
    code: status.INVALID_ARGUMENT,
    details: 'Maximum Append Size Exceeded',
    exception: 'maximum-append-size-exceeded',
  },
};

/** An error as the protocol says it. */
export function failure(code: status, details: string, exception?: string, stream = '', leader = 0): ServiceError {
  const metadata = new Metadata();
  if (exception) metadata.set('exception', exception);
  if (stream) metadata.set('stream-name', stream);
  if (exception === 'maximum-append-size-exceeded') metadata.set('maximum-append-size', '1048576');
  if (exception === 'not-leader') {
    metadata.set('leader-endpoint-host', '127.0.0.1');
    metadata.set('leader-endpoint-port', String(leader));
  }
  return Object.assign(new Error(details), { code, details, metadata });
}
