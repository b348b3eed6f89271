/** Tests run the TypeScript sources as they are, as ES modules, compiled by SWC. */
export default {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^taproot/import$': '<rootDir>/src/app/import/mapping.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2024',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  reporters: ['<rootDir>/test/support/reporter.mjs', 'default'],
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/laws.mjs'],
  maxWorkers: 2,
  testTimeout: 180_000,
};
