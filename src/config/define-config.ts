/** Owns `defineConfig` and `defineUseCase`: types for the author of an `unfork.config.ts` or of a use case, nothing else. */
import type { UnforkConfigInput } from "../model/config.js";
import type { UseCaseInput } from "../model/use-case.js";

/** Gives the configuration back as it is; the editor checks and completes it. */
export function defineConfig(config: UnforkConfigInput): UnforkConfigInput {
  return config;
}

/** Gives the use case back as it is; the editor checks and completes it. */
export function defineUseCase(useCase: UseCaseInput): UseCaseInput {
  return useCase;
}
