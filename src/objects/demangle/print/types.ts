/** Owns the printing of types. */
import {
  ARRAY,
  ELABORATED,
  MEMBER_POINTER,
  NAME,
  OBJC_PROTOCOL,
  OBJECT_PARAMETER,
  PIXEL_VECTOR,
  POINTER,
  POSTFIXED_TYPE,
  QUALIFIED,
  REFERENCE,
  SIZED_TYPE,
  TRANSFORMED,
  VECTOR,
  VENDOR_QUALIFIED,
} from "../kinds.js";
import { kindOf } from "../tree.js";
import { text } from "../texts.js";
import { type Printers, of, print, printLeft, printRight } from "./dispatch.js";
import { type Printer, lastByte, write, writeByte, writeSource } from "./printer.js";
import { printQualifiers } from "./qualifiers.js";
import { referent, referenceSign } from "./references.js";
import { isArray, isArrayOrFunction } from "./shapes.js";

const MEMBER_OF = text("::*");
const VECTOR_OPEN = text(" vector[");
const PIXEL_OPEN = text("pixel vector[");
const THIS = text("this ");
const ID = text("id<");

/** How these kinds are printed. */
export const TYPES: Printers = [
  [
    QUALIFIED,
    (o, at) => {
      printLeft(o, of(o, at, 1));
      printQualifiers(o, of(o, at, 2));
    },
    (o, at) => printRight(o, of(o, at, 1)),
  ],
  [
    VENDOR_QUALIFIED,
    (o, at) => {
      print(o, of(o, at, 1));
      writeByte(o, 32);
      writeSource(o, of(o, at, 2), of(o, at, 3));
      if (of(o, at, 4) !== 0) print(o, of(o, at, 4));
    },
  ],
  [
    POINTER,
    pointerLeft,
    (o, at) => {
      if (!isProtocolObject(o, of(o, at, 1))) behind(o, of(o, at, 1));
    },
  ],
  [
    REFERENCE,
    (o, at) => {
      const inner = referent(o, at);
      if (inner === 0) return;
      before(o, inner);
      write(o, referenceSign(o, at));
    },
    (o, at) => {
      const inner = referent(o, at);
      if (inner !== 0) behind(o, inner);
    },
  ],
  [
    MEMBER_POINTER,
    (o, at) => {
      const member = of(o, at, 2);
      printLeft(o, member);
      writeByte(o, isArrayOrFunction(o, member) ? 40 : 32);
      print(o, of(o, at, 1));
      write(o, MEMBER_OF);
    },
    (o, at) => behind(o, of(o, at, 2)),
  ],
  [
    ARRAY,
    (o, at) => printLeft(o, of(o, at, 1)),
    (o, at) => {
      if (lastByte(o) !== 93) writeByte(o, 32);
      writeByte(o, 91);
      if (of(o, at, 2) !== 0) print(o, of(o, at, 2));
      writeByte(o, 93);
      printRight(o, of(o, at, 1));
    },
  ],
  [
    POSTFIXED_TYPE,
    (o, at) => {
      printLeft(o, of(o, at, 1));
      write(o, of(o, at, 2));
    },
  ],
  [
    ELABORATED,
    (o, at) => {
      write(o, of(o, at, 1));
      print(o, of(o, at, 2));
    },
  ],
  [
    VECTOR,
    (o, at) => {
      print(o, of(o, at, 1));
      write(o, VECTOR_OPEN);
      if (of(o, at, 2) !== 0) print(o, of(o, at, 2));
      writeByte(o, 93);
    },
  ],
  [
    PIXEL_VECTOR,
    (o, at) => {
      write(o, PIXEL_OPEN);
      print(o, of(o, at, 1));
      writeByte(o, 93);
    },
  ],
  [
    SIZED_TYPE,
    (o, at) => {
      write(o, of(o, at, 1));
      print(o, of(o, at, 2));
      write(o, of(o, at, 3));
    },
  ],
  [
    OBJC_PROTOCOL,
    (o, at) => {
      print(o, of(o, at, 1));
      protocol(o, at);
    },
  ],
  [
    TRANSFORMED,
    (o, at) => {
      print(o, of(o, at, 1));
      writeByte(o, 40);
      print(o, of(o, at, 2));
      writeByte(o, 41);
    },
  ],
  [
    OBJECT_PARAMETER,
    (o, at) => {
      write(o, THIS);
      print(o, of(o, at, 1));
    },
  ],
];

/** What stands left of a pointer's sign. */
function before(o: Printer, pointee: number): void {
  printLeft(o, pointee);
  if (isArray(o, pointee)) writeByte(o, 32);
  if (isArrayOrFunction(o, pointee)) writeByte(o, 40);
}

/** What stands right of the declared name. */
function behind(o: Printer, pointee: number): void {
  if (isArrayOrFunction(o, pointee)) writeByte(o, 41);
  printRight(o, pointee);
}

function pointerLeft(o: Printer, at: number): void {
  const pointee = of(o, at, 1);
  if (isProtocolObject(o, pointee)) {
    write(o, ID);
    writeSource(o, of(o, pointee, 2), of(o, pointee, 3));
    writeByte(o, 62);
    return;
  }
  before(o, pointee);
  writeByte(o, 42);
}

function protocol(o: Printer, at: number): void {
  writeByte(o, 60);
  writeSource(o, of(o, at, 2), of(o, at, 3));
  writeByte(o, 62);
}

/** `objc_object<P>*` is written `id<P>`. */
function isProtocolObject(o: Printer, pointee: number): boolean {
  if (kindOf(o.tree, pointee) !== OBJC_PROTOCOL) return false;
  const inner = of(o, pointee, 1);
  if (kindOf(o.tree, inner) !== NAME) return false;
  return o.source.subarray(of(o, inner, 1), of(o, inner, 2)).toString() === OBJECT;
}

const OBJECT = new TextEncoder().encode("objc_object").toString();
