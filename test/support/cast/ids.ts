/** The accounts of every sample. */
export const acme = 'ACME';
export const globex = 'GLOBEX';

/** Ada, who buys for ACME, and a colleague of hers. */
export const ada = '11111111-1111-4111-8111-111111111111';
export const bert = '22222222-2222-4222-8222-222222222222';

/** Our key-account manager, and our executive sponsor. */
export const manager = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
export const sponsor = 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb';

/** An event that samples cite. */
export const someEvent = 'eeeeeeee-eeee-5eee-8eee-eeeeeeeeeeee';

/** Recorded evidence that samples cite. */
export const evidence = 'dddddddd-dddd-5ddd-8ddd-dddddddddddd';
