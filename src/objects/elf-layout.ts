/** Owns where the fields of ELF's tables lie, in 32 and 64 bit (System V ABI, generic part). */

export interface ElfLayout {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  /** Sizes of the file header, of a section header, of an entry of the symbol table and of the relocation tables. */
  readonly header: number;
  readonly section: number;
  readonly symbol: number;
  readonly rel: number;
  readonly rela: number;
  /** Offsets in the file header. */
  readonly shoff: number;
  readonly flags: number;
  readonly shentsize: number;
  readonly shnum: number;
  readonly shstrndx: number;
}

const LAYOUT_64: Omit<ElfLayout, "littleEndian"> = {
  bits: 64,
  header: 64,
  section: 64,
  symbol: 24,
  rel: 16,
  rela: 24,
  shoff: 40,
  flags: 48,
  shentsize: 58,
  shnum: 60,
  shstrndx: 62,
};

const LAYOUT_32: Omit<ElfLayout, "littleEndian"> = {
  bits: 32,
  header: 52,
  section: 40,
  symbol: 16,
  rel: 8,
  rela: 12,
  shoff: 32,
  flags: 36,
  shentsize: 46,
  shnum: 48,
  shstrndx: 50,
};

/** By EI_CLASS and EI_DATA. */
export const LAYOUTS: readonly (readonly ElfLayout[])[] = [
  [
    { ...LAYOUT_32, littleEndian: true },
    { ...LAYOUT_32, littleEndian: false },
  ],
  [
    { ...LAYOUT_64, littleEndian: true },
    { ...LAYOUT_64, littleEndian: false },
  ],
];

/** Tables of this layout are used as they lie in the file. */
export function isModelLayout(layout: ElfLayout): boolean {
  return layout.bits === 64 && layout.littleEndian;
}
