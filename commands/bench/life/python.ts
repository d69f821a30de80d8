import { spawnSync } from "node:child_process";

/** A Python that has the package websockets. */
export interface Python {
  readonly program: string;
  /** Its version, and that of websockets. */
  readonly description: string;
}

/** A Python of one's own comes first; distributions have their packages for theirs. */
const PROGRAMS = ["python3", "/usr/bin/python3"];

const DESCRIBE =
  "import platform, websockets; print('Python', platform.python_version() + ', websockets', websockets.__version__)";

/** Finds a Python; undefined if there is none that has websockets. */
export function findPython(programs: readonly string[] = PROGRAMS): Python | undefined {
  for (const program of programs) {
    const { status, stdout } = spawnSync(program, ["-c", DESCRIBE], { encoding: "utf8" });
    if (status === 0) return { program, description: stdout.trim() };
  }
  return undefined;
}
