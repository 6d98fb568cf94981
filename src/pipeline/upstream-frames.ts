/** Owns the frames of a crash in upstream's words: names without the flavor that isolation put into them. */
import { fromBytes, toBytes } from "../shim/symbolize/byte-text.js";
import { knownWords } from "../shim/symbolize/known-words.js";
import { lineSymbolizer } from "../shim/symbolize/symbolize-line.js";

/** Renames frames as the symbols of the program tell; frames stay as they are where it tells of no flavor. */
export function upstreamFrames(program: string): (frames: readonly string[]) => string[] {
  return (frames) => {
    try {
      const toNames = lineSymbolizer(knownWords(["legacy", "latest"], { symbolFiles: [program], manifest: undefined }));
      return frames.map((frame) => fromBytes(toNames(toBytes(frame)).text));
    } catch {
      return [...frames];
    }
  };
}
