parser grammar MesoParser;
options { tokenVocab = MesoLexer; }
program: ID* EOF;
