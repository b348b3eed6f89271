import { mirrored, type Server } from './eventstoredb.js';
import { byPlace, nowhere, type Place } from './place.js';

/** Events that are counted one by one; beyond, the rest is estimated from their size. */
const countedMost = 1_000;

/** Events of one step backwards. */
const step = 64;

/** The newest event of `$all` that a mirror has to have, found from the end backwards: the server itself cannot say it. */
export class ServerHead {
  private known: { end: Place; head: Place } = { end: nowhere, head: nowhere };
  private running: Promise<Place> | undefined;
  private next: Promise<Place> | undefined;

  constructor(private readonly server: Server) {}

  /** The head as it is at some time after the call; calls that come while one is read share the next. */
  newest(passed: () => Place): Promise<Place> {
    if (this.next) return this.next;
    const look = () => {
      this.running = this.next;
      this.next = undefined;
      return this.look(passed());
    };
    const before = this.running ?? Promise.resolve();
    const started = before.then(look, look);
    this.next = started;
    const ended = () => {
      if (this.running === started) this.running = undefined;
    };
    started.then(ended, ended);
    return started;
  }

  /** How many events lie between a place and the head. */
  async behind(place: Place): Promise<number> {
    let count = 0;
    let first: Place | undefined;
    let last: Place = nowhere;
    let reached = true;
    await this.backwards(({ place: at, type }) => {
      if (byPlace(at, place) <= 0) return false;
      if (!mirrored.test(type)) return true;
      first ??= at;
      last = at;
      count++;
      reached = count < countedMost;
      return reached;
    });
    if (reached || !first) return count;
    const bytesEach = Number(first.commit - last.commit) / count;
    return Math.max(count, Math.round(Number(first.commit - place.commit) / Math.max(bytesEach, 1)));
  }

  private async look(passed: Place): Promise<Place> {
    let known = this.known;
    let end: Place | undefined;
    let head: Place | undefined;
    await this.backwards(({ place, type }) => {
      if (!end && byPlace(place, known.end) < 0) known = { end: nowhere, head: nowhere };
      end ??= place;
      if (byPlace(place, known.end) <= 0) head = known.head;
      else if (mirrored.test(type)) head = place;
      else if (byPlace(place, passed) <= 0) head = passed;
      return head === undefined;
    });
    this.known = { end: end ?? nowhere, head: head ?? nowhere };
    return this.known.head;
  }

  private async backwards(visit: (event: { place: Place; type: string }) => boolean): Promise<void> {
    let from: Place | undefined;
    for (let size = step; ; size = Math.min(size * 4, 4_096)) {
      let got = 0;
      let more = true;
      await this.server.all(true, from, size, (event) => {
        got++;
        from = event.place;
        more = visit(event);
        return more;
      });
      if (!more || got < size) return;
    }
  }
}
