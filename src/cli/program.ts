/** Owns the command tree. */
import type { Command } from "commander";

import { createBase, prepare } from "./base-program.js";
import { addApi } from "./commands/api/index.js";
import { addAudit } from "./commands/audit/index.js";
import { addCheck } from "./commands/check.js";
import { addCompletion } from "./commands/completion.js";
import { addConfig } from "./commands/config.js";
import { addDoctor } from "./commands/doctor.js";
import { addExperiment } from "./commands/experiment/index.js";
import { addInit } from "./commands/init.js";
import { addIsolate } from "./commands/isolate/index.js";
import { addPatch } from "./commands/patch/index.js";
import { addReport } from "./commands/report.js";
import { addRollout } from "./commands/rollout/index.js";
import { addSeed } from "./commands/seed/index.js";
import { addServe } from "./commands/serve.js";
import { addShim } from "./commands/shim/index.js";
import { addStatus } from "./commands/status.js";
import { addSymbolize } from "./commands/symbolize.js";
import { addSymbols } from "./commands/symbols.js";
import { addUseCase } from "./commands/usecase/index.js";
import { addToken } from "./commands/token/index.js";
import { addUpgrade } from "./commands/upgrade.js";
import { addWorker } from "./commands/worker.js";
import type { SetExitCode } from "./command.js";

/** The whole tree; errors are thrown, never printed and exited. */
export function createProgram(setExitCode: SetExitCode): Command {
  const program = createBase();
  const adders = [
    addInit,
    addDoctor,
    addConfig,
    addStatus,
    addUpgrade,
    addReport,
    addPatch,
    addIsolate,
    addAudit,
    addApi,
    addShim,
    addUseCase,
    addExperiment,
    addRollout,
    addServe,
    addToken,
    addWorker,
    addSeed,
    addSymbols,
    addSymbolize,
    addCheck,
  ];
  for (const add of adders) add(program, setExitCode);
  addCompletion(program);
  for (const command of program.commands) prepare(command);
  return program;
}
