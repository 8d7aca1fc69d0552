from concerted.cli import main

main()
