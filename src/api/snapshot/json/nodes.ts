/** Owns the shape of clang's AST as JSON, as far as it is read. */

/** A place without macros; `file` and `line` are set when the dump was read, clang leaves out what did not change. */
export interface BareLocation {
  offset?: number;
  file?: string;
  line?: number;
  col?: number;
  tokLen?: number;
}

export interface Location extends BareLocation {
  readonly spellingLoc?: BareLocation;
  readonly expansionLoc?: BareLocation;
}

export interface TypeWords {
  readonly qualType: string;
  readonly desugaredQualType?: string;
  readonly typeAliasDeclId?: string;
}

export interface AstNode {
  readonly id: string;
  readonly kind: string;
  readonly loc?: Location;
  readonly range?: { readonly begin: Location; readonly end: Location };
  readonly isImplicit?: boolean;
  readonly name?: string;
  readonly mangledName?: string;
  readonly type?: TypeWords;
  readonly inner?: readonly AstNode[];
  readonly tagUsed?: string;
  readonly completeDefinition?: boolean;
  readonly definitionData?: { readonly isPolymorphic?: boolean; readonly isAbstract?: boolean; readonly isPOD?: boolean };
  readonly bases?: readonly { readonly access: string; readonly isVirtual?: boolean; readonly type: TypeWords }[];
  readonly isInline?: boolean;
  readonly language?: string;
  readonly storageClass?: string;
  readonly inline?: boolean;
  readonly constexpr?: boolean;
  readonly variadic?: boolean;
  readonly virtual?: boolean;
  readonly pure?: boolean;
  readonly explicitlyDeleted?: boolean;
  readonly explicitlyDefaulted?: string;
  readonly init?: string;
  readonly isBitfield?: boolean;
  readonly mutable?: boolean;
  readonly scopedEnumTag?: string;
  readonly fixedUnderlyingType?: TypeWords;
  readonly value?: unknown;
  readonly access?: string;
  readonly aliasedNamespace?: { readonly name?: string; readonly id?: string };
  readonly target?: AstNode;
  readonly ownedTagDecl?: { readonly id: string; readonly name: string };
  readonly parentDeclContextId?: string;
  readonly previousDecl?: string;
  readonly depth?: number;
  readonly index?: number;
  readonly decl?: { readonly id?: string; readonly kind?: string; readonly name?: string };
}

/** Where it lies for who reads the file. */
export function bare(location: Location | undefined): BareLocation {
  return location?.expansionLoc ?? location ?? {};
}
