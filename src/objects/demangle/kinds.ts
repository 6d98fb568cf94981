/** Owns the kinds of the tree's nodes. What each holds is said here; how it is printed, in `print/`. */

/** A piece of the mangled name: from, to. */
export const NAME = 1;
/** One of the constant texts: its number. */
export const TEXT = 2;
/** `std::string` and its like: number of the abbreviation, whether written out. */
export const ABBREVIATION = 3;
/** Scope, name. */
export const NESTED = 4;
/** Function's encoding, entity. */
export const LOCAL = 5;
/** Name behind a leading `::`. */
export const GLOBAL = 6;
/** Scope, name of a friend that is mangled like a member. */
export const FRIEND = 7;
/** Parent or 0, name, whether a partition. */
export const MODULE = 8;
/** Module, name of the entity in it. */
export const MODULE_ENTITY = 9;
/** Name, from and to of the tag. */
export const ABI_TAG = 10;
/** Name, arguments in angle brackets. */
export const TEMPLATE = 11;
/** Class whose name it repeats. */
export const CONSTRUCTOR = 12;
export const DESTRUCTOR = 13;
/** Type that is converted to. */
export const CONVERSION = 14;
/** Name of the literal's suffix. */
export const LITERAL_OPERATOR = 15;
/** From and to of the number. */
export const UNNAMED_TYPE = 16;
/** List of template parameters, constraint or 0, list of parameters, constraint or 0, from and to of the number. */
export const CLOSURE = 17;
/** List of names. */
export const BINDINGS = 18;
/** Return type or 0, name, list of parameters, list of enable_if conditions or 0, constraint or 0, qualifiers, reference. */
export const ENCODING = 19;
/** Number of its kind, what it is about. */
export const SPECIAL = 20;
/** Base's type, derived type. */
export const CONSTRUCTION_VTABLE = 21;
/** Encoding, from and to of what the compiler appended. */
export const SUFFIXED = 22;
/** Index of the template argument, the node it stands for, whether it is being visited. */
export const FORWARD = 23;
/** List: one template parameter that is a pack. */
export const PACK = 24;
/** List: the arguments of a pack, as written. */
export const PACK_ARGUMENTS = 25;
/** What is repeated for each element of the packs in it. */
export const EXPANSION = 26;
/** Parameter's declaration, argument. */
export const QUALIFIED_ARGUMENT = 27;
/** Kind of parameter, number. */
export const INVENTED = 28;
/** Name. */
export const TYPE_PARAMETER = 29;
/** Name, type. */
export const VALUE_PARAMETER = 30;
/** Name, list of parameters, constraint or 0. */
export const TEMPLATE_PARAMETER = 31;
/** Parameter that is a pack. */
export const PACK_PARAMETER = 32;
/** Name, concept. */
export const CONSTRAINED_PARAMETER = 33;
/** List of arguments. */
export const ANGLED = 34;

/** Type, qualifiers. */
export const QUALIFIED = 40;
/** Type, from and to of the qualifier, arguments in angle brackets or 0. */
export const VENDOR_QUALIFIED = 41;
/** Pointee. */
export const POINTER = 42;
/** Referent, 1 for an lvalue's, 2 for an rvalue's. */
export const REFERENCE = 43;
/** Class, type of the member. */
export const MEMBER_POINTER = 44;
/** Element, dimension or 0. */
export const ARRAY = 45;
/** Return type, list of parameters, qualifiers, reference, exception specification or 0. */
export const FUNCTION = 46;
/** List of types. */
export const THROW_SPECIFICATION = 47;
/** Type, number of the text behind it. */
export const POSTFIXED_TYPE = 48;
/** Number of the keyword before it, name. */
export const ELABORATED = 49;
/** Element, dimension or 0. */
export const VECTOR = 50;
/** Dimension. */
export const PIXEL_VECTOR = 51;
/** Number of the text before it, dimension, number of the text behind it. */
export const SIZED_TYPE = 52;
/** Type, from and to of the protocol. */
export const OBJC_PROTOCOL = 53;
/** Name of the trait, type. */
export const TRANSFORMED = 54;
/** Type of the explicit object parameter. */
export const OBJECT_PARAMETER = 55;

/** Left, number of the sign, right. */
export const BINARY = 60;
/** Number of the sign, operand. */
export const PREFIX = 61;
/** Operand, number of the sign. */
export const POSTFIX = 62;
/** Array, index. */
export const SUBSCRIPT = 63;
/** Object, number of the sign, member. */
export const MEMBER = 64;
/** Condition, then, else. */
export const CONDITIONAL = 65;
/** Callee, list of arguments, whether the callee stands in parentheses. */
export const CALL = 66;
/** List of placement arguments, type, list of initialisers, 1 for a leading `::` and 2 for an array. */
export const NEW = 67;
/** Operand, 1 for a leading `::` and 2 for an array. */
export const DELETE = 68;
/** Number of the cast's name, type, operand. */
export const NAMED_CAST = 69;
/** Type, list of operands. */
export const CAST = 70;
/** Type or 0, list. */
export const INIT_LIST = 71;
/** Field or index, initialiser, whether an index. */
export const DESIGNATED = 72;
/** First, last, initialiser. */
export const DESIGNATED_RANGE = 73;
/** Whether it is a left fold, number of the sign, pack, initial value or 0. */
export const FOLD = 74;
/** Operand. */
export const THROW = 75;
/** Type, operand. */
export const MEMBER_POINTER_CAST = 76;
/** Template parameter. */
export const SIZEOF_PACK = 77;
/** Number of the text before the parentheses, what is in them. */
export const ENCLOSED = 78;
/** From and to of the number. */
export const FUNCTION_PARAMETER = 79;
/** Number of the type's text, from and to of the value. */
export const INTEGER = 80;
/** Type, from and to of the value. */
export const TYPED_INTEGER = 81;
/** Size in bytes, from and to of the hexadecimal digits. */
export const FLOAT = 82;
/** Type. */
export const STRING = 83;
/** Closure. */
export const LAMBDA = 84;
/** List of parameters, list of requirements. */
export const REQUIRES = 85;
/** Expression, whether noexcept, concept or 0. */
export const EXPRESSION_REQUIREMENT = 86;
/** Type. */
export const TYPE_REQUIREMENT = 87;
/** Constraint. */
export const NESTED_REQUIREMENT = 88;
/** Type, expression, from and to of the offset. */
export const SUBOBJECT = 89;
/** Class. */
export const DESTRUCTOR_CALL = 90;
/** List of arguments that are one operand. */
export const ARGUMENTS = 91;
