"""许可证: publication and printing licences from 核发 to 注销, their versions, equipment, and the persons barred by a revocation."""
