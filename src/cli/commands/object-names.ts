/** Owns how objects are named in lists of symbols: members of one name in one archive are numbered from the second on. */
import { type Place, placeName } from "../../objects/view.js";

export interface NamedObject {
  /** Which object of its file it is, counted from 0. */
  readonly ordinal: number;
  /** `libx.a(y.o)`, the next of that name `libx.a(y.o) [2]`. */
  readonly shown: string;
}

/** Names the objects of one file, to be asked in their order. */
export function objectNamer(): (place: Place) => NamedObject {
  const times = new Map<string, number>();
  let ordinal = 0;
  return (place) => {
    const name = placeName(place);
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return { ordinal: ordinal++, shown: time === 1 ? name : `${name} [${time}]` };
  };
}
