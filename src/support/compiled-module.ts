/** Owns the loading of modules that were compiled ahead (assembly/, WebAssembly). */
import { readFileSync } from "node:fs";

/** The part of the engine's WebAssembly that is used here; TypeScript knows it only together with the browser. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** A module that may be started more than once. */
export type CompiledModule = object;

/** The module in a file; throws where it is missing, or this processor or engine has not all that it needs. */
export function readModule(path: string): CompiledModule {
  return new WebAssembly.Module(readFileSync(path));
}

/** What a new instance of the module exports. */
export function startModule<T>(module: CompiledModule): T {
  return new WebAssembly.Instance(module, {}).exports as T;
}
