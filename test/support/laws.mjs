import fc from 'fast-check';

/** A law that finds a fault looks for a smaller example of it as long as a test may take, but for the time to say what it found. */
fc.configureGlobal({ interruptAfterTimeLimit: 150_000 });
