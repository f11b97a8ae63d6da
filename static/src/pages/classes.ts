import "../styles/classes.css";

/** The pages of classes work without a script; this entry has their style. */
