# frikommune_embed_sql(target folder): compiles the numbered files of a folder,
# NNNN_name.sql, into the target, as
#
#   extern const frikommune::migrations::File kMigrations[];
#
# in the namespace of the folder's own header, "migration_files.h".
function(frikommune_embed_sql target folder)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.sql)
  list(SORT files)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/${folder}_embedded.inc)
  set(text "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME)
    string(REGEX MATCH "^[0-9]+" number ${name})
    math(EXPR number "${number}")
    file(READ ${file} sql)
    string(APPEND text "{${number}, \"${name}\", R\"SQL(${sql})SQL\"},\n")
  endforeach()
  file(GENERATE OUTPUT ${made} CONTENT "${text}")
  target_sources(${target} PRIVATE ${made})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
