/** Owns the printing of unnamed types, lambdas, and the declarations of their template parameters. */
import {
  CLOSURE,
  CONSTRAINED_PARAMETER,
  INVENTED,
  LAMBDA,
  PACK_PARAMETER,
  TEMPLATE_PARAMETER,
  TYPE_PARAMETER,
  UNNAMED_TYPE,
  VALUE_PARAMETER,
} from "../kinds.js";
import { EMPTY, kindOf } from "../tree.js";
import { text } from "../texts.js";
import { type Printers, of, print, printLeft, printRight } from "./dispatch.js";
import { printList } from "./lists.js";
import { writeDecimal } from "./numbers.js";
import { type Printer, closeBracket, openBracket, write, writeByte, writeSource } from "./printer.js";
import { hasRight } from "./shapes.js";

const UNNAMED = text("'unnamed");
const LAMBDA_NAME = text("'lambda");
const REQUIRES = text(" requires ");
const CAPTURE = text("[]");
const BODY = text("{...}");
const TYPENAME = text("typename ");
const TEMPLATE_OPEN = text("template<");
const TEMPLATE_CLOSE = text("> typename ");
const DOTS = text("...");
/** How parameters without a name are called: types, values, templates. */
const INVENTED_NAMES = [text("$T"), text("$N"), text("$TT")] as const;

/** How these kinds are printed. */
export const CLOSURES: Printers = [
  [
    UNNAMED_TYPE,
    (o, at) => {
      write(o, UNNAMED);
      writeSource(o, of(o, at, 1), of(o, at, 2));
      writeByte(o, 39);
    },
  ],
  [
    CLOSURE,
    (o, at) => {
      write(o, LAMBDA_NAME);
      writeSource(o, of(o, at, 5), of(o, at, 6));
      writeByte(o, 39);
      declarator(o, at);
    },
  ],
  [
    LAMBDA,
    (o, at) => {
      write(o, CAPTURE);
      if (kindOf(o.tree, of(o, at, 1)) === CLOSURE) declarator(o, of(o, at, 1));
      write(o, BODY);
    },
  ],
  [
    INVENTED,
    (o, at) => {
      write(o, INVENTED_NAMES[of(o, at, 1)] ?? 0);
      const number = of(o, at, 2);
      if (number > 0) writeDecimal(o, number - 1);
    },
  ],
  [TYPE_PARAMETER, (o) => write(o, TYPENAME), (o, at) => print(o, of(o, at, 1))],
  [
    CONSTRAINED_PARAMETER,
    (o, at) => {
      print(o, of(o, at, 2));
      writeByte(o, 32);
    },
    (o, at) => print(o, of(o, at, 1)),
  ],
  [
    VALUE_PARAMETER,
    valueLeft,
    (o, at) => {
      print(o, of(o, at, 1));
      printRight(o, of(o, at, 2));
    },
  ],
  [
    TEMPLATE_PARAMETER,
    templateLeft,
    (o, at) => {
      print(o, of(o, at, 1));
      requirement(o, of(o, at, 3), false);
    },
  ],
  [
    PACK_PARAMETER,
    (o, at) => {
      printLeft(o, of(o, at, 1));
      write(o, DOTS);
    },
    (o, at) => printRight(o, of(o, at, 1)),
  ],
];

/** Template parameters, parameters, and constraints behind either. */
function declarator(o: Printer, at: number): void {
  if (of(o, at, 1) !== EMPTY) {
    const { open } = o;
    o.open = 0;
    writeByte(o, 60);
    printList(o, of(o, at, 1));
    writeByte(o, 62);
    o.open = open;
  }
  requirement(o, of(o, at, 2), true);
  openBracket(o, 40);
  printList(o, of(o, at, 3));
  closeBracket(o, 41);
  requirement(o, of(o, at, 4), false);
}

function requirement(o: Printer, constraint: number, followed: boolean): void {
  if (constraint === 0) return;
  write(o, REQUIRES);
  print(o, constraint);
  if (followed) writeByte(o, 32);
}

function valueLeft(o: Printer, at: number): void {
  const type = of(o, at, 2);
  printLeft(o, type);
  if (!hasRight(o, type)) writeByte(o, 32);
}

function templateLeft(o: Printer, at: number): void {
  const { open } = o;
  o.open = 0;
  write(o, TEMPLATE_OPEN);
  printList(o, of(o, at, 2));
  write(o, TEMPLATE_CLOSE);
  o.open = open;
}
