/** Owns what a type's layout is: what two compilations must agree on when they pass an object of the type to each other. */

export type TypeKind = "class" | "struct" | "union" | "enum";

export interface TypeLayout {
  /** Qualified, with its template arguments; spelled alike for all compilers. */
  readonly name: string;
  readonly kind: TypeKind;
  readonly language: "c" | "c++";
  /** In bytes. */
  readonly size: number;
  /** In order of declaration; members of unnamed classes and unions stand among them. */
  readonly members: readonly MemberLayout[];
  readonly bases: readonly BaseLayout[];
  /** The virtual functions that the class itself declares. */
  readonly slots: readonly VirtualSlot[];
  /** Of an enumeration, in order of declaration. */
  readonly enumerators: readonly Enumerator[];
  /** Where it is declared, or null when the object does not say. */
  readonly place: DeclarationPlace | null;
}

export interface MemberLayout {
  /** A member of the unnamed class of a member `a` is `a.b`; empty for an unnamed union or class itself. */
  readonly name: string;
  /** The type without typedefs. */
  readonly type: string;
  /** `offset` and `size` count bytes, of bit-fields bits. */
  readonly unit: "byte" | "bit";
  readonly offset: number;
  /** null when the object does not say, as where it holds only a declaration of the type. */
  readonly size: number | null;
}

export interface BaseLayout {
  readonly name: string;
  readonly virtual: boolean;
  /** In bytes; of a virtual base where the vtable holds its offset, counted downwards. null when it is told in another way. */
  readonly offset: number | null;
}

export interface VirtualSlot {
  readonly name: string;
  /** The mangled name, null when the object does not say. */
  readonly symbol: string | null;
  /** Place in the vtable; null for destructors where the compiler does not say. */
  readonly index: number | null;
  /** It takes the place of a base's function, or may: the object does not tell the base's. */
  readonly overrides: boolean;
}

export interface Enumerator {
  readonly name: string;
  /** Decimal: it may be beyond what a number holds exactly. */
  readonly value: string;
}

export interface DeclarationPlace {
  readonly file: string;
  readonly line: number;
}
