/** Owns which functions may end the objects that they are given, as their names say. One that does not end them is no harm. */

const WORDS = words(
  "free destroy destruct delete close release unref unreference decref deref dealloc deallocate dispose cleanup recycle detach",
);
/** These say so at the end of a name only: `inflateEnd`, not `EndOfLine`. */
const LAST = words(
  "end fini finish final finalize finalise term terminate uninit deinit drop shutdown discard dtor quit exit cancel commit abort rollback disconnect kill",
);
const ENDS = /(?:free|close|destroy|delete|release|unref|decref|dealloc|cleanup)$/;
/** What is set or asked about is another thing: `SetEndHandler`, `is_closed`. */
const OTHERS = words("set get is has add on enable disable register handler callback");

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

/** `XML_ParserFree`, `inflateEnd`, `gzclose_r`. */
export function endsObjects(name: string): boolean {
  const parts = name
    .slice(name.lastIndexOf(":") + 1)
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_")
    .filter((one) => !/^(?:|v?\d+|ex|r)$/.test(one));
  if (parts.some((one) => OTHERS.has(one))) return false;
  return parts.some((one, index) => WORDS.has(one) || ENDS.test(one) || (index === parts.length - 1 && LAST.has(one)));
}
