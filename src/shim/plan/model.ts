/** Owns the plan of a shim: what each item of the surface becomes, before any C++ is written. */
import type { ApiClass, ApiEnum, ApiField, ApiFunction, ApiMethod, ApiVariable } from "../../model/api-snapshot.js";
import type { ClassKind, OnUnknown } from "../../model/shim-surface.js";
import type { LayoutPlan } from "./layout-pieces.js";

/** 0: legacy, 1: latest. */
export type SideIndex = 0 | 1;
export const SIDES: readonly SideIndex[] = [0, 1];

/** What each flavor has of something; null where it lacks it. */
export type BySide<T> = readonly [T | null, T | null];

/** A type that crosses the shim: its spelling there, and each flavor's. */
export interface CrossingType {
  /** In the shim's namespace. */
  readonly shim: string;
  /** The flavor's own type, null where the flavor has no such parameter. */
  readonly library: BySide<string>;
  /** The same type on all sides: nothing is converted. */
  readonly identical: boolean;
  /** Classes of the shim that have to be defined before it is used by value, by their names in the shim. */
  readonly needs: readonly string[];
  /** Objects or interfaces are in it: somebody has to keep what is lent. */
  readonly lends: boolean;
}

export interface ParameterPlan {
  readonly name: string;
  readonly type: CrossingType;
  /** Text of a default that is the same in both releases and a literal; "" otherwise. */
  readonly default: string;
  /** Of an array whose elements are converted: the place of the parameter that counts them. */
  readonly countedBy?: number | undefined;
}

/** A pointer that has no place for a flavor's tag, as an argument: looked up, given back, or a variable that the call may set. */
export interface HandedParameter {
  /** The class of the shim. */
  readonly name: string;
  readonly way: "in" | "back" | "through";
  /** What the call sets is remembered, or what the library gives to an application's object. */
  readonly records: boolean;
  readonly reference: boolean;
}

/** What a call remembers of such pointers, and what it looks up. */
export interface HandedPlan {
  /** By parameter; null for one that is no such pointer. */
  readonly parameters: readonly (HandedParameter | null)[];
  /** `out`: remembered. `on`: only what another flavor had there is forgotten. */
  readonly result: "out" | "on" | null;
  readonly resultIsReference: boolean;
}

/** A call that goes through a table: one per number of arguments where the library's own defaults fill the rest. */
export interface CallPlan {
  /** Unique in its table. */
  readonly operation: string;
  readonly parameters: readonly ParameterPlan[];
}

export interface InstanceArgument {
  readonly kind: "type" | "value";
  readonly shim: string;
  readonly library: BySide<string>;
}

/** An instance of a class or function template: how it is called in the plan, and how it is written. */
export interface InstancePlan {
  /** The last word of its name in the plan. */
  readonly word: string;
  /** The template as source has it, `Box` or `operator[]`, and relative to the shim's namespace: `inner::Box`. */
  readonly own: string;
  readonly path: string;
  /** Of the template; the type of a value is `auto` where it is no builtin. */
  readonly parameters: readonly {
    readonly kind: "type" | "value" | "template";
    readonly name: string;
    readonly pack: boolean;
    readonly type: string;
  }[];
  readonly arguments: readonly InstanceArgument[];
  /** Classes of the shim that its arguments need whole. */
  readonly needs: readonly string[];
  /** Of a function: types of its parameters as either release's template has them, by the place of the declaration. */
  readonly patterns: BySide<ReadonlyMap<string, readonly string[]>>;
  /** What either release calls the template. */
  readonly ownIn: BySide<string>;
}

export interface CallablePlan {
  /** In source: `ProcessStream`, `operator==`. */
  readonly name: string;
  readonly result: CrossingType;
  readonly calls: readonly CallPlan[];
  readonly of: BySide<ApiMethod | ApiFunction>;
  /** Flavors that lack it, by name of the reason; both null: it is in both. */
  readonly lacking: BySide<string>;
  /** By flavor: how many of the call's leading parameters the flavor's own function takes. */
  readonly takes: readonly [number, number];
  readonly lends: boolean;
  readonly comment: string | null;
  readonly attributes: readonly string[];
  /** Of an instance of a function template. */
  readonly instance: InstancePlan | null;
  readonly handed?: HandedPlan | undefined;
}

export interface MethodPlan extends CallablePlan {
  readonly role: ApiMethod["role"];
  readonly static: boolean;
  readonly const: boolean;
  readonly virtual: boolean;
  /** In one of the releases. */
  readonly pure: boolean;
  readonly noexcept: boolean;
  readonly explicit: boolean;
  readonly access: "public" | "protected" | "private";
  /** It overrides one of the shim's interfaces that the class is derived from. */
  readonly overrides: boolean;
}

export interface FieldPlan {
  readonly name: string;
  readonly type: CrossingType;
  readonly of: BySide<ApiField>;
  /** Text behind `=`, "" for none. */
  readonly initializer: string;
  readonly width: number | null;
  readonly array: string;
  readonly comment: string | null;
  /** What becomes of a value that a flavor without the field would lose. */
  readonly onUnknown: OnUnknown;
}

export interface EnumeratorPlan {
  readonly name: string;
  readonly value: string;
  readonly in: readonly [boolean, boolean];
  readonly comment: string | null;
}

export interface EnumPlan {
  readonly is: "enum";
  readonly common: string;
  /** Relative to the shim's namespace: `AudioProcessing::Config::Level`. */
  readonly name: string;
  readonly scoped: boolean;
  /** Text of the underlying type, "" for the compiler's choice. */
  readonly underlying: string;
  readonly enumerators: readonly EnumeratorPlan[];
  readonly of: BySide<ApiEnum>;
  readonly library: BySide<string>;
  readonly flags: boolean;
  readonly onUnknown: OnUnknown;
  readonly comment: string | null;
}

export interface BasePlan {
  readonly name: string;
  readonly kind: ClassKind;
}

export interface ClassPlan {
  readonly is: "class";
  readonly common: string;
  readonly name: string;
  readonly key: "class" | "struct" | "union";
  readonly kind: ClassKind;
  readonly of: BySide<ApiClass>;
  readonly library: BySide<string>;
  readonly bases: readonly BasePlan[];
  readonly fields: readonly FieldPlan[];
  /** Of equal layout: where the fields lie. */
  readonly layout: LayoutPlan | null;
  /** Methods and operators, static ones too. */
  readonly methods: readonly MethodPlan[];
  readonly constructors: readonly MethodPlan[];
  /** Public, and neither deleted. */
  readonly copyable: boolean;
  readonly movable: boolean;
  readonly assignable: boolean;
  readonly destructible: boolean;
  readonly virtualDestructor: boolean;
  readonly refCounted: boolean;
  /** Of what is counted: whether constants count, too. */
  readonly countsConst: boolean;
  /** Of the standard library, `std::runtime_error`: what it can be caught as; "" for none. */
  readonly standardBase: string;
  /** Calls that end with it throw the shim's class. */
  readonly thrown: boolean;
  /** Of a value: the flavor fills in the defaults, since they differ or are no literals. */
  readonly defaultsByFlavor: boolean;
  /** Of a value: it can be made without arguments. */
  readonly hasDefault: boolean;
  /** Of a value without: the fields that a constructor of each flavor takes, in its order; empty otherwise. */
  readonly madeFrom: readonly [readonly string[], readonly string[]];
  readonly constants: readonly ConstantPlan[];
  readonly typedefs: readonly TypedefPlan[];
  readonly nested: readonly (ClassPlan | EnumPlan)[];
  readonly comment: string | null;
  /** Of an instance of a class template. */
  readonly instance: InstancePlan | null;
}

export interface FunctionPlan extends CallablePlan {
  readonly is: "function";
  readonly common: string;
  /** Relative to the shim's namespace, with inner namespaces. */
  readonly path: string;
  readonly library: BySide<string>;
  /** In either release: found by its arguments, not by its name. */
  readonly hidden: readonly [boolean, boolean];
  readonly variadic: boolean;
  readonly noexcept: boolean;
}

export interface ConstantPlan {
  readonly is: "constant";
  readonly common: string;
  readonly name: string;
  readonly type: string;
  /** A macro in the library: where a system header defines the same one, that serves. */
  readonly isMacro: boolean;
  readonly values: BySide<string>;
  readonly of: BySide<ApiVariable>;
  readonly comment: string | null;
}

export interface TypedefPlan {
  readonly is: "typedef";
  readonly common: string;
  readonly name: string;
  readonly type: string;
  /** Names that its type mentions. */
  readonly needs: readonly string[];
  readonly comment: string | null;
}

/** Something of the surface that is not generated. */
export interface Left {
  readonly kind: "class" | "method" | "constructor" | "field" | "enum" | "enumerator" | "function" | "constant" | "typedef" | "macro";
  readonly name: string;
  readonly reason: string;
  readonly places: BySide<string>;
}

/** A function whose body each flavor's own file gives. */
export interface HandPlan {
  readonly name: string;
  readonly result: string;
  /** Each with its name. */
  readonly parameters: readonly string[];
  readonly comment: string | null;
}

export interface FlavorPlan {
  readonly name: string;
  readonly release: string;
  /** What the adapter unit includes. */
  readonly includes: readonly string[];
  /** Those of them that are headers of C and do not say so to C++. */
  readonly plainC: readonly string[];
  /** What they call or say in words that C++ takes otherwise. */
  readonly cppWords: readonly string[];
}

export interface ShimPlan {
  readonly library: string;
  readonly namespace: string;
  readonly language: "c" | "c++";
  readonly flavors: readonly [FlavorPlan, FlavorPlan];
  readonly enums: readonly EnumPlan[];
  /** In an order in which each may be defined. */
  readonly classes: readonly ClassPlan[];
  readonly functions: readonly FunctionPlan[];
  readonly hand: readonly HandPlan[];
  readonly constants: readonly ConstantPlan[];
  readonly typedefs: readonly TypedefPlan[];
  /** Classes of the shim whose pointers are remembered with the flavor that hands them out. */
  readonly handed: readonly string[];
  readonly left: readonly Left[];
  /** Of templates: what the words in names stand for. */
  readonly instances: readonly InstancePlan[];
  /** All such words, those of instances that are left too, with how they are spoken of: `Box<int>`. */
  readonly instanceKeys: ReadonlyMap<string, string>;
}
