"""What is shown: views of an Atlas as a Scene, and renderers that translate it."""
