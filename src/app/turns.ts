/** One at a time for each key, in order of arrival; different keys do not wait for each other. */
export class Turns {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Runs when everything taken earlier for the key has ended, well or not. */
  take<T>(key: string, run: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key);
    const turn = before ? before.then(run, run) : run();
    this.tails.set(key, turn);
    const done = () => {
      if (this.tails.get(key) === turn) this.tails.delete(key);
    };
    turn.then(done, done);
    return turn;
  }
}
