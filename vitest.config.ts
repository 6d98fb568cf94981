import { configDefaults, defineConfig } from "vitest/config";

/**
 * Rooms whose tests look at values and files alone, without those that start compilers, git or a browser, or set variables of their
 * process or go by its clock: they leave nothing behind in it, so many of them share one.
 */
const TOGETHER =
  "test/{api,audit,build,config,isolate,model,objects,patches,report,stats,support,tokens,toolchain,usecases,experiment/!(client)}/**/!(*.native|*.git|*.browser|vectors|update*).test.ts";

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    pool: "forks",
    setupFiles: ["test/helpers/remove-temporary.ts"],
    // A test's PGlite ends before what the engine would optimise of it is used.
    execArgv: ["--liftoff-only"],
    // They start in the order of their names: the short ones fill up at the end what the long ones leave.
    projects: [
      {
        extends: true,
        test: { name: "alone", include: ["test/**/*.test.ts"], exclude: [...configDefaults.exclude, TOGETHER], isolate: true },
      },
      { extends: true, test: { name: "together", include: [TOGETHER], isolate: false } },
    ],
  },
});
