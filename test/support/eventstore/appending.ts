import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import { type ServerDuplexStream, type ServerReadableStream, type ServiceError, status } from '@grpc/grpc-js';
import { appendErrors, failure } from './failures.js';
import type { AppendFault, FaultPlan } from './faults.js';
import * as say from './messages.js';
import type { Outcome, Proposed, ServerLog } from './server-log.js';

type Single = ServerReadableStream<AppendReq, AppendResp>;
type Shared = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

/** What appending needs of the server. */
interface Surroundings {
  readonly log: ServerLog;
  readonly faults: FaultPlan;
  readonly leaderPort: number;
  publish(): void;
}

/** An append, however it was asked for. */
interface Asked {
  readonly stream: string;
  readonly expected: number;
  readonly events: readonly Proposed[];
}

/** How the call that asked is answered. */
interface Answer {
  outcome(outcome: Outcome): void;
  fault(fault: AppendFault): void;
}

/** How long a delayed answer takes, in ms. */
const delayMs = 300;

/** Takes appends, each by a call of its own or many over one stream, and fails on request. */
export class Appending {
  /** Streams of appends that were opened. */
  streams = 0;
  /** Appends that came by calls of their own. */
  singles = 0;
  /** Older servers have no such streams. */
  hasStreams = true;

  constructor(private readonly server: Surroundings) {}

  /** The calls of the service. */
  calls() {
    return {
      append: (call: Single, answer: (error: ServiceError | null, message?: AppendResp) => void) =>
        this.single(call, answer),
      batchAppend: (call: Shared) => this.shared(call),
    };
  }

  private single(call: Single, answer: (error: ServiceError | null, message?: AppendResp) => void): void {
    this.singles++;
    let [stream, expected] = ['', -1];
    const events: Proposed[] = [];
    call.on('error', () => undefined);
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      if (options) {
        stream = say.nameOf(options.getStreamIdentifier());
        expected = options.hasNoStream() ? -1 : Number(options.getRevision());
      } else events.push(proposed(request.getProposedMessage()!));
    });
    const fails = (...said: Parameters<typeof failure>) => answer(failure(...said));
    call.on('end', () => {
      void this.decide(
        { stream, expected, events },
        {
          outcome: (outcome) =>
            outcome.kind === 'deleted'
              ? fails(status.FAILED_PRECONDITION, 'Stream deleted', 'stream-deleted', stream)
              : answer(null, say.appendAnswer(outcome, expected)),
          fault: (fault) => {
            const { code, details, exception } = appendErrors[fault] ?? appendErrors.internal!;
            fails(code, details, exception, stream, this.server.leaderPort);
          },
        },
      );
    });
  }

  private shared(call: Shared): void {
    call.on('error', () => undefined);
    if (!this.hasStreams) return void call.emit('error', failure(status.UNIMPLEMENTED, 'Method is unimplemented.'));
    this.streams++;
    call.on('end', () => call.end());
    let over = false;
    call.on('data', (request: BatchAppendReq) => {
      if (over) return;
      const options = request.getOptions()!;
      const stream = say.nameOf(options.getStreamIdentifier());
      const expected = options.hasNoStream() ? -1 : Number(options.getStreamPosition());
      const events = request.getProposedMessagesList().map(proposed);
      const write = (message: BatchAppendResp) => {
        message.setCorrelationId(request.getCorrelationId());
        call.write(message);
      };
      void this.decide(
        { stream, expected, events },
        {
          outcome: (outcome) => write(say.batchAnswer(outcome)),
          fault: (fault) => {
            const own = say.batchError(fault);
            if (own) return write(own);
            over = true;
            if (fault === 'end') return void call.end();
            const { code, details, exception } = appendErrors[fault]!;
            call.emit('error', failure(code, details, exception, stream, this.server.leaderPort));
          },
        },
      );
    });
  }

  private async decide({ stream, expected, events }: Asked, answer: Answer): Promise<void> {
    const { faults, log } = this.server;
    const fault = faults.take('append')?.fault;
    if (fault) faults.note('append', fault);
    if (fault === 'hang-before') return;
    const after = fault === 'drop-after' || fault === 'hang-after';
    if (fault === 'delay') await new Promise((settle) => setTimeout(settle, delayMs));
    else if (fault && !after) return answer.fault(fault);
    const outcome = log.append(stream, expected, events);
    this.server.publish();
    if (fault === 'hang-after') return;
    if (fault === 'drop-after') return answer.fault(fault);
    answer.outcome(outcome);
  }
}

/** An event as an append carries it. */
function proposed(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): Proposed {
  return {
    id: message.getId()!.getString(),
    type: message.getMetadataMap().get('type')!,
    json: message.getMetadataMap().get('content-type') === 'application/json',
    data: Buffer.from(message.getData_asU8()),
    metadata: Buffer.from(message.getCustomMetadata_asU8()),
  };
}
