/** Owns ELF section groups: which COMDAT group a section belongs to (System V ABI, "Section Groups"). */
import { SECTION } from "./classes.js";
import type { ComdatGroups } from "./groups.js";
import type { ObjectFile, Section } from "./model.js";
import { sectionAt, sectionType, sectionWords } from "./sections.js";
import { sectionNumber, symbolName } from "./symbols.js";
import { refuse } from "./view.js";

const SHT_GROUP = 17;
const GRP_COMDAT = 1;

type Elf = Omit<ObjectFile, "relocations" | "groups">;

/** All COMDAT groups. Refuses a section that is in two groups. */
export function elfGroups(object: Elf): ComdatGroups {
  const signatures: string[] = [];
  const ofSection = new Int32Array(object.sections.count).fill(-1);
  for (let index = 1; index < object.sections.count; index++) {
    if (sectionType(object.sections, index) !== SHT_GROUP) continue;
    const section = sectionAt(object.view, object.sections, index);
    const words = sectionWords(object.view, section);
    if (words.byteLength < 4 || (words.getUint32(0, object.littleEndian) & GRP_COMDAT) === 0) continue;
    fillGroup(object, section, words, signatures.length, ofSection);
    signatures.push(signatureOf(object, section));
  }
  return { signatures, ofSection };
}

function fillGroup({ place, littleEndian }: Elf, section: Section, words: DataView, group: number, ofSection: Int32Array): void {
  for (let at = 4; at < words.byteLength; at += 4) {
    const member = words.getUint32(at, littleEndian);
    if (member === 0 || member >= ofSection.length) {
      refuse(place, section.name, section.offset + at, `section ${member} of ${ofSection.length}`);
    }
    if (ofSection[member] !== -1) refuse(place, section.name, section.offset + at, `section ${member} is in two groups`);
    ofSection[member] = group;
  }
}

function signatureOf(object: Elf, group: Section): string {
  const { symbols } = object;
  if (group.info >= symbols.count)
    refuse(object.place, `sh_info of ${group.name}`, group.offset, `symbol ${group.info} of ${symbols.count}`);
  const name = symbolName(symbols, group.info);
  if (name !== "" || symbols.classes[group.info] !== SECTION) return name;
  return sectionAt(object.view, object.sections, sectionNumber(symbols, group.info)).name;
}
