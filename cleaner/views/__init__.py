"""What people see: pure functions of reports and documents."""
