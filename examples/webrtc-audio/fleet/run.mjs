/** Owns the running of a program to its end. */
import { spawn } from "node:child_process";

/** What it prints; an error with what it complained of where it ends in another way than expected. */
export function run(command, args, { env = process.env, expected = [0] } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (bytes) => (stdout += bytes));
    child.stderr.on("data", (bytes) => (stderr += bytes));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (expected.includes(code)) resolve(stdout);
      else reject(new Error(`${command} ${args.join(" ")}: ended with ${signal ?? code}\n${stdout}${stderr}`));
    });
  });
}
